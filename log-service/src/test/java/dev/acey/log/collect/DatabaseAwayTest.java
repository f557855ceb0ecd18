package dev.acey.log.collect;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class DatabaseAwayTest {

    PostgresServer postgres;

    @Test
    void withoutPostgresNothingIsAcknowledgedAndNothingAcknowledgedIsLost() {
        String task = newTask();
        String before = acknowledged(log(call(task, "before")));
        String tried = UuidCreator.getTimeOrderedEpoch().toString();
        String again = call(task, "while").replace("{", "{\"id\":\"" + tried + "\",");
        postgres.stop();
        try {
            unavailable(log(again));
            unavailable(bulk("/api/logs", call(task, "bulk")));
            unavailable(decide(before, entry("{'decision':'rejected'}")));
            unavailable(given().get("/api/logs"));
            unavailable(given().get("/api/logs/" + before));
            unavailable(given().get("/api/logs/export"));
            unavailable(given().get("/api/logs/stats"));
            unavailable(given().get("/internal/logs/sample"));
            given().get("/q/health/ready").then().statusCode(503);
        } finally {
            postgres.start();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> log(again).statusCode() < 300);
        assertEquals("before", get("/api/logs/" + before).path("llmPrompt").asText());
        assertEquals(2, export("?taskType=" + task).size());
    }

    private static String acknowledged(Response answer) {
        return answer.then().statusCode(201).extract().path("id");
    }

    private static void unavailable(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue());
        assertEquals(Integer.valueOf(503), answer.jsonPath().get("status"));
    }

    private static String call(String task, String prompt) {
        return entry("{'taskType':'%s','llmPrompt':'%s'}".formatted(task, prompt));
    }
}
