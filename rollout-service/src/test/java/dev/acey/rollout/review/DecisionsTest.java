package dev.acey.rollout.review;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DecisionsTest {

    private static final String MEMORY =
            "{\"type\": \"memory_proposal\", \"confidence\": 0.2, \"text\": \"Ann bluffs\"}";

    PostgresServer database;
    LogService log;

    private final String channel = "reviewed-" + UUID.randomUUID();

    @BeforeEach
    @AfterEach
    void nothingIsDecided() {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
    }

    @Test
    void whatAPersonLetsThroughReachesTheChannelOnce() {
        JsonNode entry = process(MEMORY);
        assertEquals("rejected", entry.get("controlDecision").asText());
        long start = position();
        log.decides(start, page(decided(start + 1, "approved", entry)));
        await().untilAsserted(() -> state().body("memories.text", is(List.of("Ann bluffs"))));

        log.decides(
                start + 1,
                page(decided(start + 2, "rejected", entry), decided(start + 7, "approved", entry)));
        await().until(() -> position() == start + 7);
        state().body("memories.size()", is(1));
    }

    @Test
    void whatAPersonRejectsChangesNothing() {
        JsonNode entry = process(MEMORY);
        long start = position();
        log.decides(start, page(decided(start + 1, "rejected", entry)));
        await().until(() -> position() == start + 1);
        state().body("memories", empty());
    }

    @Test
    void aDecisionOnSomethingUnknownIsPassedOver() {
        JsonNode entry = process(MEMORY);
        long start = position();
        log.decides(
                start,
                "{\"decisions\": [{\"seq\": %d, \"id\": \"%s\", \"decision\": \"approved\"}, %s],"
                                .formatted(
                                        start + 1,
                                        UUID.randomUUID(),
                                        decided(start + 2, "approved", entry))
                        + " \"next\": 0}");
        await().untilAsserted(() -> state().body("memories.size()", is(1)));
        assertEquals(start + 2, position());
    }

    @Test
    void aPersonsChangeOfTheStateIsKeptInBounds() {
        put("/api/channels/" + channel + "/state", "{\"trust\": {\"ann\": {\"score\": 0.97}}}")
                .statusCode(200);
        JsonNode entry =
                process(
                        MEMORY
                                + ", {\"type\": \"trust_signal\", \"user\": \"ann\", \"delta\":"
                                + " 0.08}");
        long start = position();
        log.decides(start, page(decided(start + 1, "approved", entry)));
        await().untilAsserted(() -> state().body("trust.ann.score", is(1.0f)));
    }

    private JsonNode process(String intents) {
        UUID id =
                given().contentType(ContentType.JSON)
                        .body(
                                "{\"taskType\": \"memory\", \"context\": {\"channel\": \""
                                        + channel
                                        + "\"}, \"aceyOutput\": {\"speech\": \"x\", \"intents\": ["
                                        + intents
                                        + "]}}")
                        .post("/api/process")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getUUID("logId");
        await().until(() -> !log.received(id).isEmpty());
        return log.received(id).get(0);
    }

    private static String decided(long seq, String decision, JsonNode entry) {
        return "{\"seq\": %d, \"id\": %s, \"decision\": \"%s\", \"finalAction\": null, \"at\": %s,"
                        .formatted(seq, entry.get("id"), decision, entry.get("timestamp"))
                + " \"new\": 1, \"entry\": "
                + entry
                + "}";
    }

    private static String page(String... decisions) {
        return "{\"decisions\": [" + String.join(", ", decisions) + "], \"next\": 0}";
    }

    private long position() {
        return Long.parseLong(database.query("SELECT position FROM rollout.feed_position"));
    }

    private ValidatableResponse state() {
        return get("/api/channels/" + channel + "/state").statusCode(200);
    }
}
