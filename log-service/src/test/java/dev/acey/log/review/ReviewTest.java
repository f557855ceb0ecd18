package dev.acey.log.review;

import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static dev.acey.log.Calls.stored;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class ReviewTest {

    PostgresServer postgres;

    @Test
    void liveEntriesWaitForAPersonOldestFirst() {
        String task = newTask();
        String first = pending(task, "live");
        String second = pending(task, "live");
        pending(task, "shadow");
        String third = pending(task, "live");
        log(entry("{'taskType':'%s','llmPrompt':'x','llmOutput':'y'}".formatted(task)));
        assertEquals(List.of(first, second, third), queue("?taskType=" + task));

        decide(second, entry("{'decision':'approved'}")).then().statusCode(200);
        assertEquals(List.of(first, third), queue("?taskType=" + task));
    }

    @Test
    void theQueueIsReadPageByPage() {
        String task = newTask();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(pending(task, "live"));
        }
        List<String> read = new ArrayList<>();
        String query = "?limit=3&taskType=" + task;
        JsonNode page = get("/api/logs/review" + query);
        read.addAll(ids(page));
        while (!page.path("nextCursor").isNull()) {
            page = get("/api/logs/review" + query + "&cursor=" + page.path("nextCursor").asText());
            read.addAll(ids(page));
        }
        assertEquals(all, read);
    }

    @Test
    void theQueueIsServedByAnIndexOfItsOwn() {
        pending(newTask(), "live");
        String index =
                postgres.query(
                        "SELECT count(*) > 0 AND bool_and(indexdef LIKE '%WHERE (decision = ''pending''%')"
                                + " FROM pg_indexes WHERE schemaname = 'log' AND tablename LIKE 'entry_2%'"
                                + " AND indexdef LIKE '%WHERE%pending%'");
        assertEquals("t", index);
    }

    @ParameterizedTest
    @CsvSource({"taskType=No Task, /taskType", "limit=0, /limit", "cursor=x, /cursor"})
    void aQueryThatBreaksARuleIsRefusedByName(String query, String pointer) {
        given().get("/api/logs/review?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void theHistorySaysWhoDecidedWhatAndWhy() {
        String id = stored("'llmOutput':'y','controlDecision':'pending'");
        decide(
                        id,
                        entry(
                                "{'decision':'rejected','reviewer':'Ada','reason':'rude \\u0000',"
                                        + "'finalAction':{'mute':60}}"))
                .then()
                .statusCode(200);
        decide(id, entry("{'decision':'approved'}")).then().statusCode(200);

        JsonNode history = get("/api/logs/" + id + "/history");
        JsonNode decisions = history.path("decisions");
        assertEquals(4, decisions.size());
        assertDecided(decisions.get(0), "rules", "approved");
        assertDecided(decisions.get(1), "caller", "pending");
        assertDecided(decisions.get(2), "person", "rejected");
        assertDecided(decisions.get(3), "person", "approved");
        assertEquals("Ada", decisions.get(2).path("reviewer").asText());
        assertEquals("rude \0", decisions.get(2).path("reason").asText());
        assertEquals(60, decisions.get(2).path("finalAction").path("mute").asInt());
        assertEquals(60, decisions.get(3).path("finalAction").path("mute").asInt());
        assertFalse(history.path("truncated").asBoolean());
    }

    @Test
    void aHistoryHasABound() {
        String id = stored("'llmOutput':'y'");
        postgres.execute(
                ("INSERT INTO log.feedback (day, id, metric, value, at) SELECT day, id, 'm',"
                                + " convert_to('true', 'UTF8'), now() FROM log.entry,"
                                + " generate_series(1, 1001) WHERE id = '%s'")
                        .formatted(id));
        JsonNode history = get("/api/logs/" + id + "/history");
        assertEquals(1_000, history.path("feedback").size());
        assertTrue(history.path("truncated").asBoolean());
    }

    @Test
    void whatIsNotThereHasNoHistory() {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        given().get("/api/logs/" + id + "/history").then().statusCode(404);
    }

    private static void assertDecided(JsonNode decided, String by, String decision) {
        assertEquals(by, decided.path("by").asText());
        assertEquals(decision, decided.path("decision").asText());
        assertTrue(decided.path("at").asText().endsWith("Z"));
    }

    private static String pending(String task, String environment) {
        return log(entry(
                        "{'taskType':'%s','llmPrompt':'x','controlDecision':'pending',"
                                        .formatted(task)
                                + "'context':{'environment':'%s'}}".formatted(environment)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<String> queue(String query) {
        return ids(get("/api/logs/review" + query));
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("logs").forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }
}
