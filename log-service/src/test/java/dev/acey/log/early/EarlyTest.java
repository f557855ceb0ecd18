package dev.acey.log.early;

import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.feedback;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class EarlyTest {

    @Inject Clock clock;
    PostgresServer postgres;

    @Test
    void whatIsSaidBeforeTheEntryIsAppliedOnceItIsThere() {
        String id = idOf(clock.instant());
        decide(id, entry("{'decision':'rejected','reviewer':'Ada','finalAction':'mute'}"))
                .then()
                .statusCode(202)
                .body("id", equalTo(id))
                .body("state", equalTo("waiting"))
                .body("until", notNullValue());
        feedback(id, entry("{'metric':'helpful','value':false}")).then().statusCode(202);
        decide(id, entry("{'decision':'modified'}")).then().statusCode(202);

        store(id);
        await().until(() -> history(id).path("feedback").size() == 1);
        await().until(() -> history(id).path("decisions").size() == 3);
        assertEquals(
                List.of("approved", "rejected", "modified"),
                texts(history(id).path("decisions"), "decision"));
        JsonNode stored = get("/api/logs/" + id);
        assertEquals("modified", stored.path("controlDecision").asText());
        assertEquals("mute", stored.path("finalAction").asText());
        assertEquals("0", waiting(id));
        assertEquals(
                "2",
                postgres.query("SELECT count(*) FROM log.audit WHERE subject = 'log:" + id + "'"));
    }

    @Test
    void aDecisionThatComesLaterCountsLaterEvenIfAnEarlierOneStillWaits() {
        String id = idOf(clock.instant());
        decide(id, entry("{'decision':'rejected','reviewer':'first'}")).then().statusCode(202);
        store(id);
        decide(id, entry("{'decision':'modified','reviewer':'second'}")).then().statusCode(200);
        await().until(() -> waiting(id).equals("0"));
        assertEquals("modified", get("/api/logs/" + id).path("controlDecision").asText());
        assertEquals(
                List.of("approved", "rejected", "modified"),
                texts(history(id).path("decisions"), "decision"));
    }

    /** Neither of two transactions that end at the same moment sees the other. */
    @Test
    void nothingIsLostWhereTheEntryComesAtTheSameMoment() {
        List<String> ids = Stream.generate(() -> idOf(clock.instant())).limit(40).toList();
        List<CompletableFuture<Integer>> said =
                ids.stream()
                        .flatMap(
                                id ->
                                        Stream.of(
                                                CompletableFuture.supplyAsync(
                                                        () -> decided(id).statusCode()),
                                                CompletableFuture.supplyAsync(
                                                        () -> store(id).statusCode())))
                        .toList();
        said.forEach(answer -> assertTrue(List.of(200, 201, 202).contains(answer.join())));
        for (String id : ids) {
            await().until(() -> history(id).path("decisions").size() == 2);
            assertEquals("rejected", get("/api/logs/" + id).path("controlDecision").asText());
        }
    }

    @Test
    void whatHasWaitedForAnHourIsForgotten() {
        String id = idOf(clock.instant());
        decide(id, entry("{'decision':'rejected'}")).then().statusCode(202);
        postgres.execute(
                "UPDATE log.early SET at = at - interval '61 minutes' WHERE id = '" + id + "'");
        await().until(() -> waiting(id).equals("0"));
        store(id);
        assertEquals("approved", get("/api/logs/" + id).path("controlDecision").asText());
    }

    @Test
    void whatWaitsForOneEntryHasABound() {
        String id = idOf(clock.instant());
        IntStream.range(0, Early.MOST_FOR_ONE_ENTRY)
                .forEach(i -> decided(id).then().statusCode(202));
        decided(id).then().statusCode(503).header("Retry-After", notNullValue());
        postgres.execute("DELETE FROM log.early WHERE id = '" + id + "'");
    }

    @Test
    void onlyForIdsOfTheLastHourAnEntryMayStillArrive() {
        Instant now = clock.instant();
        assertTrue(Early.mayArrive(UUID.fromString(idOf(now)), now));
        assertTrue(mayArrive(now.minus(Duration.ofMinutes(59)), now));
        assertFalse(mayArrive(now.minus(Duration.ofMinutes(60)), now));
        assertTrue(mayArrive(now.plus(Duration.ofMinutes(5)), now));
        assertFalse(mayArrive(now.plus(Duration.ofMinutes(6)), now));
        assertFalse(Early.mayArrive(UUID.randomUUID(), now));
    }

    private static boolean mayArrive(Instant time, Instant now) {
        return Early.mayArrive(UuidCreator.getTimeOrderedEpoch(time), now);
    }

    private static io.restassured.response.Response decided(String id) {
        return decide(id, entry("{'decision':'rejected'}"));
    }

    private static io.restassured.response.Response store(String id) {
        return log(
                entry("{'id':'%s','taskType':'a','llmPrompt':'x','llmOutput':'y'}".formatted(id)));
    }

    private static JsonNode history(String id) {
        return get("/api/logs/" + id + "/history");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.path(field).asText())
                .toList();
    }

    private String waiting(String id) {
        return postgres.query("SELECT count(*) FROM log.early WHERE id = '" + id + "'");
    }

    private static String idOf(Instant time) {
        return UuidCreator.getTimeOrderedEpoch(time).toString();
    }
}
