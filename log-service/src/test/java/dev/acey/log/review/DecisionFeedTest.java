package dev.acey.log.review;

import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class DecisionFeedTest {

    PostgresServer postgres;

    private long start;

    @BeforeEach
    void goOnFromTheEnd() {
        start = Long.parseLong(postgres.query("SELECT coalesce(max(seq), 0) FROM log.decision"));
    }

    @Test
    void everyDecisionIsToldOnceAndInOrder() {
        String first = store();
        String second = store();
        decide(first, entry("{'decision':'approved','reviewer':'Ada'}")).then().statusCode(200);
        decide(second, entry("{'decision':'modified','finalAction':{'speech':'Grüße \\u0000'}}"))
                .then()
                .statusCode(200);
        decide(first, entry("{'decision':'rejected'}")).then().statusCode(200);

        JsonNode page = page(start, 100);
        List<String> told = new ArrayList<>();
        page.path("decisions")
                .forEach(d -> told.add(d.path("id").asText() + d.path("decision").asText()));
        assertEquals(List.of(first + "approved", second + "modified", first + "rejected"), told);
        JsonNode modified = page.path("decisions").get(1);
        assertEquals("Grüße \0", modified.path("finalAction").path("speech").asText());
        assertEquals(get("/api/logs/" + second), modified.path("entry"));
        assertEquals(modified.path("entry").path("review").path("at"), modified.path("at"));
        assertTrue(page.path("decisions").get(0).path("finalAction").isNull());
        assertEquals("deliver", modified.path("entry").path("autoRules").path("action").asText());
        assertEquals(page.path("next"), page.path("decisions").get(2).path("seq"));
    }

    @Test
    void aDecisionThatNamesNoFinalActionTellsTheOneThatStands() {
        String id = store();
        decide(id, entry("{'decision':'modified','finalAction':'mute'}")).then().statusCode(200);
        decide(id, entry("{'decision':'approved'}")).then().statusCode(200);
        JsonNode decisions = page(start, 100).path("decisions");
        assertEquals("mute", decisions.get(1).path("finalAction").asText());
    }

    @Test
    void theFeedIsReadPageByPageAndEndsWithNone() {
        List<String> ids = IntStream.range(0, 7).mapToObj(i -> store()).toList();
        ids.forEach(id -> decide(id, entry("{'decision':'rejected'}")).then().statusCode(200));
        List<String> told = new ArrayList<>();
        long position = start;
        JsonNode page = page(position, 3);
        while (!page.path("decisions").isEmpty()) {
            assertTrue(page.path("decisions").size() <= 3);
            page.path("decisions").forEach(d -> told.add(d.path("id").asText()));
            position = page.path("next").asLong();
            page = page(position, 3);
        }
        assertEquals(ids, told);
        assertEquals(position, page.path("next").asLong());
    }

    @Test
    void aPageHasABoundInBytesAndAlwaysOneDecision() {
        // An entry holds its raw text twice: as it came, and as what was said.
        String large = "x".repeat(900_000);
        List<String> ids =
                IntStream.range(0, 7).mapToObj(i -> stored("'llmOutput':'" + large + "'")).toList();
        ids.forEach(id -> decide(id, entry("{'decision':'rejected'}")).then().statusCode(200));
        List<Integer> sizes = new ArrayList<>();
        long position = start;
        for (JsonNode page = page(position, 100);
                !page.path("decisions").isEmpty();
                page = page(position, 100)) {
            sizes.add(page.path("decisions").size());
            position = page.path("next").asLong();
        }
        assertEquals(List.of(3, 3, 1), sizes);
    }

    @Test
    void aDecisionWhoseEntryIsGoneIsToldWithoutIt() {
        String id = store();
        decide(id, entry("{'decision':'rejected'}")).then().statusCode(200);
        postgres.execute("DELETE FROM log.payload WHERE id = '%s'".formatted(id));
        postgres.execute("DELETE FROM log.entry WHERE id = '%s'".formatted(id));
        JsonNode decision = page(start, 100).path("decisions").get(0);
        assertEquals(id, decision.path("id").asText());
        assertTrue(decision.path("entry").isNull());
    }

    @Test
    void aDecisionOnItsWayHoldsBackThoseThatWouldOvertakeIt() throws SQLException {
        String slow = store();
        String quick = store();
        CompletableFuture<Response> decided;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(DecisionWriter.FEED_LOCK);
            statement.execute(
                    ("INSERT INTO log.decision (day, id, decision, at)"
                                    + " SELECT day, id, 'approved', now() FROM log.entry"
                                    + " WHERE id = '%s'")
                            .formatted(slow));
            decided =
                    CompletableFuture.supplyAsync(
                            () -> decide(quick, entry("{'decision':'rejected'}")));
            await().until(
                            () ->
                                    !postgres.query(
                                                    "SELECT count(*) FROM pg_locks WHERE locktype"
                                                            + " = 'advisory' AND NOT granted")
                                            .equals("0"));
            assertTrue(page(start, 100).path("decisions").isEmpty());
            connection.commit();
        }
        decided.join().then().statusCode(200);
        JsonNode decisions = page(start, 100).path("decisions");
        assertEquals(slow, decisions.get(0).path("id").asText());
        assertEquals(quick, decisions.get(1).path("id").asText());
    }

    /** A reader that goes on from where it was meets every one of many decisions taken at once. */
    @Test
    void aReaderMissesNoneOfManyDecisionsTakenAtOnce() {
        List<String> ids = IntStream.range(0, 60).mapToObj(i -> store()).toList();
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Integer>> taken = new ArrayList<>();
            for (String id : ids) {
                taken.add(
                        CompletableFuture.supplyAsync(
                                () -> decide(id, entry("{'decision':'approved'}")).statusCode(),
                                people));
            }
            List<String> told = new ArrayList<>();
            long[] position = {start};
            await().until(
                            () -> {
                                JsonNode page = page(position[0], 5);
                                page.path("decisions")
                                        .forEach(d -> told.add(d.path("id").asText()));
                                position[0] = page.path("next").asLong();
                                return page.path("decisions").isEmpty()
                                        && taken.stream().allMatch(CompletableFuture::isDone)
                                        && page(position[0], 5).path("decisions").isEmpty();
                            });
            taken.forEach(answer -> assertEquals(200, answer.join()));
            assertEquals(ids.size(), told.size());
            assertEquals(new HashSet<>(ids), new HashSet<>(told));
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void aDecisionThatIsNotTakenIsNotTold() {
        String id = store();
        postgres.execute("REVOKE INSERT ON log.audit FROM acey_log_app");
        try {
            decide(id, entry("{'decision':'rejected'}")).then().statusCode(500);
        } finally {
            postgres.execute("GRANT INSERT ON log.audit TO acey_log_app");
        }
        assertTrue(page(start, 100).path("decisions").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "after=-1, /after",
        "after=x, /after",
        "after=1.5, /after",
        "after=1e30, /after",
        "limit=0, /limit",
        "limit=1001, /limit",
        "limit=many, /limit",
    })
    void aPositionThatIsNoneIsRefused(String query, String pointer) {
        Response answer = given().get("/internal/decisions?" + query);
        answer.then().statusCode(400).contentType("application/problem+json");
        assertTrue(answer.asString().contains(pointer), answer.asString());
    }

    private static JsonNode page(long after, int limit) {
        return get("/internal/decisions?after={after}&limit={limit}", after, limit);
    }

    private static String store() {
        return stored("'llmOutput':'y'");
    }

    private static String stored(String output) {
        return log(entry("{'taskType':'%s','llmPrompt':'x',%s}".formatted(newTask(), output)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl() + "?currentSchema=log",
                "acey_log_app",
                PostgresServer.APP_PASSWORD);
    }
}
