package dev.acey.rollout.channel;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.audit.Subjects;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChannelStateResourceTest {

    @Inject Subjects subjects;
    PostgresServer database;
    LogService log;

    private final String name = "state-" + UUID.randomUUID();
    private final String path = "/api/channels/" + name + "/state";

    @Test
    void aChannelNobodyHasHeardOfIsNeutral() {
        get(path)
                .statusCode(200)
                .body("persona.mode", is("neutral"))
                .body("persona.locked", is(false))
                .body("persona.lastChange", nullValue())
                .body("trust", anEmptyMap())
                .body("memories", empty())
                .body("moderation", empty());
    }

    @Test
    void whatIsSetIsShownAndAudited() {
        String state =
                "{\"persona\": {\"mode\": \"hype\", \"locked\": true}, \"trust\": {\"ann\\u0000\":"
                        + " {\"score\": 0.7}}, \"memories\": [{\"text\": \"a secret\", \"at\":"
                        + " \"2026-01-15T04:05:06.123Z\"}]}";
        put(path, state).statusCode(200).body("persona.locked", is(true));
        get(path)
                .body("persona.mode", is("hype"))
                .body("trust.values().score", is(java.util.List.of(0.7f)))
                .body("memories[0].at", is("2026-01-15T04:05:06.123Z"));
        assertEquals(
                "{\"locked\":true,\"memories\":1,\"moderation\":0,\"trust\":1}",
                database.query(
                        "SELECT detail FROM rollout.audit WHERE subject = '"
                                + subjects.channel(name)
                                + "'"));
        assertEquals(
                "0",
                database.query(
                        "SELECT count(*) FROM rollout.audit WHERE subject LIKE '%" + name + "%'"));
        put(path, "{}").statusCode(200);
        get(path).body("persona.locked", is(false)).body("memories", empty());
    }

    @Test
    void aNameMayHoldAnything() {
        String odd = "/api/channels/%00%2F%F0%9F%83%8F%22/state";
        io.restassured.RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{\"persona\": {\"mode\": \"odd\"}}")
                .put(odd)
                .then()
                .statusCode(200);
        io.restassured.RestAssured.given()
                .urlEncodingEnabled(false)
                .get(odd)
                .then()
                .statusCode(200)
                .body("persona.mode", is("odd"));
    }

    @Test
    void aStateIsBounded() {
        String memories =
                IntStream.range(0, 501)
                        .mapToObj(i -> "{\"text\": \"m\", \"at\": \"2026-01-15T04:05:06.123Z\"}")
                        .collect(Collectors.joining(","));
        put(path, "{\"memories\": [" + memories + "]}")
                .statusCode(400)
                .body("errors[0].pointer", is("/memories"));
    }

    @Test
    void whatAReplicaThatDiedLeftBehindIsFinished() {
        log.takesEverything();
        put(path, "{\"persona\": {\"mode\": \"before\"}}").statusCode(200);
        UUID id = UUID.randomUUID();
        database.execute(
                "UPDATE rollout.channel SET pending_entries = convert_to('{\"id\": \""
                        + id
                        + "\"}', 'UTF8'), pending_state = convert_to('{\"persona\": {\"mode\":"
                        + " \"after\"}}', 'UTF8'), pending_at = now() - interval '5 minutes'"
                        + " WHERE name = convert_to('"
                        + name
                        + "', 'UTF8')");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get(path).body("persona.mode", is("after")));
        await().untilAsserted(() -> assertEquals(1, log.received(id).size()));
    }
}
