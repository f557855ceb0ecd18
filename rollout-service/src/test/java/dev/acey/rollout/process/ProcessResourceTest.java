package dev.acey.rollout.process;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProcessResourceTest {

    PostgresServer database;
    LogService log;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    private final String channel = "channel-" + UUID.randomUUID();

    @BeforeEach
    void logServiceIsThereAndTheRulesAreKnown() {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
    }

    @Test
    void anOutputIsJudgedAndOnTheRecordWhenItIsAnswered() {
        UUID id =
                process("{\"speech\": \"Good hand!\", \"intents\": []}")
                        .statusCode(200)
                        .body("decision", is("approved"))
                        .body("action", is("deliver"))
                        .body("output.speech", is("Good hand!"))
                        .extract()
                        .jsonPath()
                        .getUUID("logId");

        JsonNode entry = only(id);
        assertEquals("game", entry.get("taskType").asText());
        assertEquals(channel, entry.at("/context/channel").asText());
        assertEquals("approved", entry.get("controlDecision").asText());
        assertEquals(RuleSet.shipped().hash(), entry.at("/autoRules/ruleSet").asText());
        assertTrue(entry.at("/autoRules/replayable").asBoolean());
        assertTrue(entry.at("/autoRules/output").isNull());
    }

    @Test
    void whatIsBlockedIsNotGivenBack() {
        process(memory("low", 0.1))
                .statusCode(200)
                .body("decision", is("rejected"))
                .body("action", is("block"))
                .body("output", nullValue());
        state().body("memories", empty());
    }

    @Test
    void deliveredIntentsChangeTheChannelAndTheNextVerdict() {
        process(
                        "{\"speech\": \"x\", \"intents\": ["
                                + "{\"type\": \"memory_proposal\", \"confidence\": 0.9, \"text\":"
                                + " \"Ann likes to bluff on Fridays\"},"
                                + "{\"type\": \"persona_mode_proposal\", \"mode\": \"hype\"},"
                                + "{\"type\": \"trust_signal\", \"user\": \"ann\", \"delta\":"
                                + " 0.3}]}")
                .statusCode(200)
                .body("action", is("deliver_modified"))
                .body("output.intents[2].delta", is(0.1f));
        state().body("memories.text", is(java.util.List.of("Ann likes to bluff on Fridays")))
                .body("persona.mode", is("hype"))
                .body("trust.ann.score", is(0.6f));

        process(memory("ANN LIKES TO BLUFF on Fridays", 0.9)).body("decision", is("rejected"));
        process(
                        "{\"speech\": \"x\", \"intents\": [{\"type\": \"persona_mode_proposal\", \"mode\":"
                                + " \"calm\"}]}")
                .body("decision", is("modified"))
                .body("output.intents", empty());
        state().body("memories.size()", is(1)).body("persona.mode", is("hype"));
    }

    @Test
    void whatIsOnTheRecordIsEnoughToReachTheVerdictAgain() {
        put("/api/channels/" + channel + "/state", "{\"trust\": {\"bob\": {\"score\": 0.95}}}")
                .statusCode(200);
        UUID id = logId(process(trust("bob", 0.09)).body("decision", is("modified")));
        JsonNode entry = only(id);
        JsonNode rules = entry.get("autoRules");
        assertEquals(
                rules.get("verdictHash").asText(),
                RuleSet.shipped()
                        .judge(
                                entry.get("aceyOutput"),
                                RuleState.fromJson(rules.get("state")),
                                Instant.parse(rules.get("at").asText()))
                        .hash());
        assertEquals(0.05, rules.at("/output/intents/0/delta").asDouble(), 1e-12);
    }

    @Test
    void onlyLiveCallsChangeTheChannel() {
        call("{\"channel\": \"" + channel + "\", \"environment\": \"test\"}", trust("eve", 0.1))
                .statusCode(200)
                .body("decision", is("approved"));
        state().body("trust", anEmptyMap());
    }

    @Test
    void withoutAChannelTheNeutralStateCounts() {
        call("{}", trust("eve", 0.05)).statusCode(200).body("decision", is("approved"));
        given().contentType(ContentType.JSON)
                .body("{\"taskType\": \"game\", \"aceyOutput\": {\"speech\": \"hi\"}}")
                .post("/api/process")
                .then()
                .statusCode(200);
    }

    @Test
    void withoutLogServiceCallsGoOnAndAreLoggedAfterwardsOnce() {
        log.stop();
        UUID first;
        UUID second;
        try {
            first = logId(process(trust("ann", 0.05)).statusCode(200));
            second = logId(process(trust("ann", 0.02)).statusCode(200));
            state().body("trust.ann.score", is(0.57f));
        } finally {
            log.start();
        }
        only(first);
        only(second);
    }

    @Test
    void whatLogServiceDoesNotAcknowledgeIsSentAgain() {
        log.hangsUp();
        UUID id = logId(process(trust("ann", 0.1)).statusCode(200));
        await().untilAsserted(() -> assertFalse(log.received(id).isEmpty()));
        log.answers(415);
        await().untilAsserted(() -> assertTrue(log.received(id).size() > 1));
        log.takesEverything();
        only(id);
    }

    @Test
    void whatLogServiceRefusesForGoodIsKeptAsideAndKeepsNothingElseBack() throws IOException {
        log.refuses("not for the record");
        UUID bad = logId(call("{}", "{\"speech\": \"not for the record\"}").statusCode(200));
        UUID good = logId(call("{}", "{\"speech\": \"hi\"}").statusCode(200));
        await().untilAsserted(() -> assertEquals(1, log.received(good).size()));
        Path refused = data.resolve("spool/refused.ndjson");
        await().untilAsserted(
                        () ->
                                assertTrue(
                                        Files.readString(refused).contains(bad.toString()),
                                        "it is kept"));
    }

    @Test
    void moreRefusedEntriesThanLogServiceNamesAtOnceAreAllKeptAside() throws IOException {
        log.answers(503);
        for (int i = 0; i < 100; i++) {
            call("{}", "{\"speech\": \"hi\"}").statusCode(200);
        }
        List<UUID> bad = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            bad.add(logId(call("{}", "{\"speech\": \"never in the log\"}").statusCode(200)));
        }
        log.refuses("never in the log");
        await().untilAsserted(
                        () -> {
                            String kept = Files.readString(data.resolve("spool/refused.ndjson"));
                            for (UUID id : bad) {
                                assertTrue(kept.contains(id.toString()), "it is kept");
                            }
                        });
    }

    @Test
    void whileTheDatabaseIsAwayWhatNeedsTheStateWaitsForAPerson() {
        database.stop();
        UUID id;
        try {
            id =
                    logId(
                            process(trust("ann", 0.1))
                                    .statusCode(200)
                                    .body("decision", is("pending"))
                                    .body("action", is("deliver_modified"))
                                    .body("output.intents", empty()));
            get("/api/channels/" + channel + "/state").statusCode(503);
        } finally {
            database.start();
        }
        JsonNode entry = only(id);
        assertEquals("state_unavailable", entry.at("/autoRules/findings/0/ruleId").asText());
        assertFalse(entry.at("/autoRules/replayable").asBoolean());
        await().untilAsserted(() -> state().body("trust", anEmptyMap()));
    }

    @Test
    void anEntryTooLargeForTheRecordIsRefused() {
        process("{\"speech\": \"" + "x".repeat(1_000_000) + "\", \"intents\": []}").statusCode(413);
        String speech = "\u00e4".repeat(400_000);
        process("{\"speech\": \"" + speech + "\", \"intents\": []}").statusCode(413);
        process("{\"speech\": \"fits\"}").statusCode(200);
    }

    @Test
    void aShadowBanWaitsForAPersonAndIsNotSuggestedTwice() {
        String ban =
                "{\"speech\": \"x\", \"intents\": [{\"type\": \"shadow_ban_suggestion\", \"user\":"
                        + " \"mal\", \"severity\": \"high\", \"justification\": \"spams"
                        + " links\"}]}";
        process(ban).body("decision", is("pending")).body("output.intents", empty());
        process(ban).body("decision", is("modified")).body("output.intents", empty());
        state().body("moderation.size()", is(1));
    }

    private ValidatableResponse process(String output) {
        return call("{\"channel\": \"" + channel + "\"}", output);
    }

    private static ValidatableResponse call(String context, String output) {
        return given().contentType(ContentType.JSON)
                .body(
                        "{\"taskType\": \"game\", \"context\": "
                                + context
                                + ", \"aceyOutput\": "
                                + output
                                + "}")
                .post("/api/process")
                .then();
    }

    private ValidatableResponse state() {
        return get("/api/channels/" + channel + "/state").statusCode(200);
    }

    private JsonNode only(UUID id) {
        await().untilAsserted(() -> assertEquals(1, log.received(id).size()));
        return log.received(id).get(0);
    }

    private static UUID logId(ValidatableResponse answer) {
        return answer.extract().jsonPath().getUUID("logId");
    }

    private static String memory(String text, double confidence) {
        return "{\"speech\": \"x\", \"intents\": [{\"type\": \"memory_proposal\", \"confidence\": "
                + confidence
                + ", \"text\": \""
                + text
                + "\"}]}";
    }

    private static String trust(String user, double delta) {
        return "{\"speech\": \"x\", \"intents\": [{\"type\": \"trust_signal\", \"user\": \""
                + user
                + "\", \"delta\": "
                + delta
                + "}]}";
    }
}
