package dev.acey.dataset.lineage;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.dataset.version.DatasetVersion;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@ServiceTest
class LineageTest {

    @Inject Lineage lineage;
    FakeLogService logs;

    @Test
    void theVersionsOfAnEntryAndOfAPersonAreFound() throws Throwable {
        List<ObjectNode> entries =
                List.of(of("ann", 900_001), of("bob", 900_002), of(null, 900_003));
        logs.holds(entries);
        int all = prepare();
        logs.holds(entries.subList(1, 3));
        int without = prepare();

        assertEquals(List.of(all), numbers(() -> lineage.ofPerson("ann")));
        assertEquals(List.of(without, all), numbers(() -> lineage.ofPerson("bob")));
        assertEquals(List.of(), numbers(() -> lineage.ofPerson("nobody")));
        assertEquals(List.of(all), numbers(() -> lineage.ofLog(id(entries.get(0)))));
        assertEquals(List.of(without, all), numbers(() -> lineage.ofLog(id(entries.get(2)))));
        assertEquals(List.of(), numbers(() -> lineage.ofLog(UUID.randomUUID())));
        given().queryParam("logId", id(entries.get(0)).toString())
                .get("/api/dataset/list")
                .then()
                .statusCode(200)
                .body("datasets.version", equalTo(List.of(all)))
                .body("nextCursor", nullValue());
    }

    private static ObjectNode of(String user, int number) {
        ObjectNode entry = Entries.good(number).put("taskType", "lineage");
        ((ObjectNode) entry.get("context")).put("user", user);
        return entry;
    }

    private static UUID id(ObjectNode entry) {
        return UUID.fromString(entry.get("id").asText());
    }

    private static int prepare() {
        return given().contentType("application/json")
                .body("{\"taskTypes\":[\"lineage\"]}")
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .extract()
                .path("datasets.lineage.version");
    }

    private static List<Integer> numbers(Supplier<Uni<List<DatasetVersion>>> found)
            throws Throwable {
        return VertxContextSupport.subscribeAndAwait(found).stream()
                .map(DatasetVersion::version)
                .toList();
    }
}
