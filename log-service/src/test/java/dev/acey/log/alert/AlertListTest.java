package dev.acey.log.alert;

import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class AlertListTest {

    private static final Instant FIRST = Instant.parse("2026-01-15T04:00:00Z");

    @Inject Pool pool;

    @Test
    void theListIsReadPageByPageNewestFirst() {
        String task = newTask();
        for (int i = 0; i < 5; i++) {
            insert(task, "resolved", FIRST.plusSeconds(60L * (i / 2)));
        }
        List<String> times = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/alerts?limit=2&taskType=" + task + "&cursor=" + cursor);
            page.path("alerts").forEach(alert -> times.add(alert.path("since").asText()));
            page.path("alerts").forEach(alert -> ids.add(alert.path("id").asText()));
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertEquals(
                List.of(
                        "2026-01-15T04:02:00.000Z",
                        "2026-01-15T04:01:00.000Z",
                        "2026-01-15T04:01:00.000Z",
                        "2026-01-15T04:00:00.000Z",
                        "2026-01-15T04:00:00.000Z"),
                times);
        assertEquals(5, new HashSet<>(ids).size());
    }

    @Test
    void theStateSelectsAndWhatIsPendingIsNotShown() {
        String task = newTask();
        insert(task, "pending", FIRST);
        assertTrue(get("/api/alerts?taskType=" + task).path("alerts").isEmpty());
        insert(task, "resolved", FIRST);
        assertTrue(get("/api/alerts?state=firing&taskType=" + task).path("alerts").isEmpty());
        JsonNode alert = get("/api/alerts?state=resolved&taskType=" + task).at("/alerts/0");
        assertEquals("resolved", alert.path("state").asText());
        assertTrue(alert.has("variant") && alert.path("variant").isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "state=pending, /state",
        "state=open, /state",
        "taskType=Game, /taskType",
        "limit=0, /limit",
        "cursor=abc, /cursor"
    })
    void aBadParameterOfTheListIsNamed(String query, String pointer) {
        given().get("/api/alerts?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    private void insert(String task, String state, Instant since) {
        pool.preparedQuery(
                        "INSERT INTO alert (id, rule, task_type, variant, state, value, threshold,"
                                + " since, looks, resolved_at) VALUES ($1, 'errorRate', $2, '', $3, 1,"
                                + " 0.05, $4, 0, CASE $3 WHEN 'resolved' THEN now() END)")
                .executeAndAwait(
                        Tuple.of(
                                UuidCreator.getTimeOrderedEpoch(),
                                task,
                                state,
                                since.atOffset(ZoneOffset.UTC)));
    }
}
