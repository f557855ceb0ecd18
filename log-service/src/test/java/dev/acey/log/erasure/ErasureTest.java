package dev.acey.log.erasure;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import dev.acey.log.retention.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@LogDatabase
class ErasureTest {

    @Inject Upkeep upkeep;
    @Inject Clock clock;
    PostgresServer postgres;

    private String task;

    @BeforeEach
    void begin() {
        task = newTask();
    }

    @Test
    void anErasedEntryIsGoneForGood() {
        String id = post("secret");
        decide(id, "{\"decision\":\"rejected\",\"finalAction\":\"secret\"}").then().statusCode(200);
        given().delete("/api/logs/" + id).then().statusCode(204);
        given().delete("/api/logs/" + id).then().statusCode(204);
        given().get("/api/logs/" + id).then().statusCode(410).body("status", equalTo(410));
        assertEquals(0, get("/api/logs?taskType=" + task).path("logs").size());
        assertEquals(0, export("?taskType=" + task).size());
        decide(id, "{\"decision\":\"approved\"}").then().statusCode(404);
        assertFalse(
                postgres.query("SELECT (e.*)::text FROM log.entry e WHERE id = '" + id + "'")
                        .contains(task));
        assertEquals(
                "0", postgres.query("SELECT count(*) FROM log.payload WHERE id = '" + id + "'"));
        assertEquals(
                "0", postgres.query("SELECT count(*) FROM log.decision WHERE id = '" + id + "'"));
    }

    @Test
    void theIdOfAnErasedEntryIsNeverAcceptedAgain() {
        String id = post("secret");
        given().delete("/api/logs/" + id).then().statusCode(204);
        log(entry("{'id':'%s','taskType':'%s','llmPrompt':'again'}".formatted(id, task)))
                .then()
                .statusCode(410);
        assertEquals(0, export("?taskType=" + task).size());
    }

    @Test
    void anErasureIsOnRecordWithoutContent() {
        String id = post("secret");
        given().delete("/api/logs/" + id).then().statusCode(204);
        given().delete("/api/logs/" + id).then().statusCode(204);
        assertEquals(
                "{}",
                postgres.query(
                        "SELECT detail FROM log.audit WHERE action = 'log.erase' AND subject ="
                                + " 'log:%s'".formatted(id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01a204be-9b53-7892-a0a0-fde3763626c8",
                "x",
                "00000000-0000-0000-0000-000000000000"
            })
    void whatIsNotThereCannotBeErased(String id) {
        given().delete("/api/logs/" + id).then().statusCode(404);
    }

    @Test
    void aPersonsEntriesGoInBatchesAndNobodyElses() {
        String user = "Ω " + task;
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            String who = i % 10 == 0 ? "somebody else" : user;
            String time = JsonConventions.format(clock.instant().minus(Duration.ofMinutes(5L * i)));
            calls.add(
                    entry(
                            "{'taskType':'%s','timestamp':'%s','llmPrompt':'x','context':{'user':'%s'}}"
                                    .formatted(task, time, who)));
        }
        bulk("/api/logs", String.join("\n", calls)).then().body("accepted", equalTo(1_100));
        String id =
                given().header("Prefer", "respond-async")
                        .delete("/internal/subjects/{user}", user)
                        .then()
                        .statusCode(202)
                        .header("Location", containsString("/internal/subjects/erasures/"))
                        .extract()
                        .path("id");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            VertxContextSupport.subscribeAndAwait(
                                    () -> upkeep.round(clock.instant()));
                            JsonNode erasure = get("/internal/subjects/erasures/" + id);
                            assertEquals("completed", erasure.path("state").asText());
                            assertEquals(990, erasure.path("logs").asInt());
                        });
        assertEquals(110, export("?taskType=" + task).size());
        assertEquals(
                "0",
                postgres.query("SELECT count(*) FROM log.job WHERE config LIKE '%" + task + "%'"));
    }

    @Test
    void anUnknownErasureIsNotFound() {
        given().get("/internal/subjects/erasures/01a204be-9b53-7892-a0a0-fde3763626c8")
                .then()
                .statusCode(404);
    }

    private String post(String prompt) {
        return log(entry(
                        "{'taskType':'%s','llmPrompt':'%s','llmOutput':'y'}"
                                .formatted(task, prompt)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
