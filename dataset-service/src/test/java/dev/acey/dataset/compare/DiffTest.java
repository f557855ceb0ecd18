package dev.acey.dataset.compare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@ServiceTest
class DiffTest {

    private static final String DIFF = "/api/dataset/differing-dataset.jsonl/diff";

    FakeLogService logs;

    @Test
    void whatCameWentAndChangedIsTold() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(Entries.good(i).put("taskType", "differing"));
        }
        logs.holds(entries.subList(0, 18));
        int first = prepare("{\"taskTypes\":[\"differing\"]}");

        entries.get(3).putObject("finalAction").put("speech", "corrected");
        entries.get(3).put("controlDecision", "modified");
        entries.get(3).putObject("review").put("reviewer", "r").put("at", "2026-01-16T00:00:00Z");
        entries.get(5).put("controlDecision", "rejected");
        logs.holds(entries);
        int second = prepare("{\"taskTypes\":[\"differing\"],\"minConfidence\":0.6}");

        given().queryParam("from", first)
                .queryParam("to", second)
                .get(DIFF)
                .then()
                .statusCode(200)
                .body("from.version", equalTo(first))
                .body("from.examples", equalTo(18))
                .body("to.examples", equalTo(19))
                .body("unchanged", equalTo(16))
                .body("added.count", equalTo(2))
                .body("added.logIds", equalTo(List.of(id(entries, 18), id(entries, 19))))
                .body("removed.logIds", equalTo(List.of(id(entries, 5))))
                .body("changed.logIds", equalTo(List.of(id(entries, 3))))
                .body("moved.count", equalTo(0))
                .body("settings.minConfidence.from", equalTo(0.5f))
                .body("settings.minConfidence.to", equalTo(0.6f));
    }

    @Test
    void whatOnlyWentToAnotherPartIsTold() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            entries.add(Entries.good(i).put("taskType", "differing"));
        }
        logs.holds(entries);
        int first = prepare("{\"taskTypes\":[\"differing\"]}");
        prepare("{\"taskTypes\":[\"differing\"],\"split\":{\"validation\":0.2,\"test\":0.1}}");

        given().queryParam("from", first)
                .get(DIFF)
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(35))
                .body("moved.count", equalTo(15))
                .body("added.count", equalTo(0))
                .body("removed.count", equalTo(0));
    }

    @Test
    void aVersionThatNeverWasIsNotFound() {
        given().get(DIFF + "?from=999").then().statusCode(404);
    }

    private static String id(List<ObjectNode> entries, int number) {
        return entries.get(number).get("id").asText();
    }

    private static int prepare(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .extract()
                .path("datasets.differing.version");
    }
}
