package dev.acey.dataset.prepare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class SplitTest {

    private static final String FILE = "/api/dataset/parted-dataset.jsonl";

    FakeLogService logs;

    @BeforeEach
    void fill() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ObjectNode entry = Entries.good(i).put("taskType", "parted");
            entry.put("llmPrompt", "Write to person" + i + "@example.org, please.");
            entries.add(entry);
        }
        logs.holds(entries);
    }

    @Test
    void eachPartIsAFileOfItsOwn() {
        JsonPath answer =
                prepare(
                        "{\"taskTypes\":[\"parted\"],\"seed\":7,"
                                + "\"split\":{\"train\":0.8,\"validation\":0.1,\"test\":0.1},"
                                + "\"redactPersonalData\":false}");

        assertEquals(80, answer.getInt("datasets.parted.count"));
        assertEquals(100, answer.getInt("summary.totalExamples"));
        assertEquals(
                List.of("train", "validation", "test"),
                answer.getList("datasets.parted.splits.name"));
        Set<String> lines = new HashSet<>();
        for (Map<String, Object> part :
                answer.<Map<String, Object>>getList("datasets.parted.splits")) {
            String file =
                    given().get((String) part.get("url"))
                            .then()
                            .statusCode(200)
                            .header("ETag", startsWith("\"" + part.get("sha256")))
                            .extract()
                            .asString();
            assertEquals(part.get("bytes"), file.length());
            assertEquals(part.get("count"), (int) file.lines().count());
            file.lines().forEach(line -> assertTrue(lines.add(line)));
        }
        assertEquals(100, lines.size());
        assertEquals(
                answer.getString("datasets.parted.url"),
                answer.getString("datasets.parted.splits[0].url"));
        given().get(FILE + "?split=test&includeMetadata=true")
                .then()
                .statusCode(200)
                .body(containsString("\"metadata\":{\"logId\":"));
        given().get(FILE + "/card")
                .then()
                .statusCode(200)
                .contentType("text/markdown")
                .body(
                        containsString(
                                "- split: validation\n    path: parted-dataset-validation.jsonl"))
                .body(containsString("n<1K"));
        given().get(FILE + "/manifest").then().body("parts[2].count", equalTo(10));
    }

    @Test
    void whatWasNotSplitHasNoOtherPart() {
        prepare("{\"taskTypes\":[\"parted\"]}");

        given().get(FILE + "?split=train").then().statusCode(200);
        given().get(FILE + "?split=test")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void personalDataIsTakenOutUnlessItIsAskedFor() {
        JsonPath answer = prepare("{\"taskTypes\":[\"parted\"]}");

        String file = given().get(FILE).asString();
        assertTrue(file.contains("[email]"));
        assertFalse(file.contains("@example.org"));
        assertEquals(true, answer.getBoolean("settings.redactPersonalData"));
        given().get(FILE + "/manifest")
                .then()
                .body("quality.personalDataTakenOut.email", equalTo(100));
    }

    private static JsonPath prepare(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
