package dev.acey.log.redact;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.json;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
@TestProfile(RedactionTest.Redacting.class)
class RedactionTest {

    public static class Redacting implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "acey.log.redaction.detectors", "email,card,phone",
                    "acey.log.redaction.patterns.badge", "\\bB-[0-9]{4}\\b");
        }
    }

    @Test
    void allThatWasWrittenIsStoredWithPlaceholdersAndNamesStay() {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        log(entry(
                        "{'id':'%s','taskType':'%s','llmPrompt':[{'role':'user','content':'I am ann@corp.io'}],"
                                        .formatted(id, newTask())
                                + "'llmOutput':'raw B-1234','aceyOutput':{'speech':'hi Ann',"
                                + "'intents':[{'type':'note','confidence':0.9,'text':'+49 170 1234567'}]},"
                                + "'context':{'user':'ann@corp.io','channel':'B-1234',"
                                + "'gameState':{'note':'ann@corp.io'},"
                                + "'previousMessages':[{'text':'4111 1111 1111 1111'}]},"
                                + "'finalAction':{'mail':'bob@corp.io'},"
                                + "'metadata':{'model':'m-B-1234','note':'bob@corp.io','n':4111111111111111}}"))
                .then()
                .statusCode(201);
        JsonNode stored = get("/api/logs/" + id);
        assertEquals("I am [email]", stored.at("/llmPrompt/0/content").asText());
        assertEquals("raw [badge]", stored.path("llmOutput").asText());
        assertEquals("hi Ann", stored.at("/aceyOutput/speech").asText());
        assertEquals("[phone]", stored.at("/aceyOutput/intents/0/text").asText());
        assertEquals("ann@corp.io", stored.at("/context/user").asText());
        assertEquals("B-1234", stored.at("/context/channel").asText());
        assertEquals("[email]", stored.at("/context/gameState/note").asText());
        assertEquals("[card]", stored.at("/context/previousMessages/0/text").asText());
        assertEquals("[email]", stored.at("/finalAction/mail").asText());
        assertEquals("m-B-1234", stored.at("/metadata/model").asText());
        assertEquals("[email]", stored.at("/metadata/note").asText());
        assertEquals(4111111111111111L, stored.at("/metadata/n").asLong());
        assertEquals(
                json("{\"badge\":1,\"card\":1,\"email\":4,\"phone\":1}"),
                stored.path("redactions"));
        assertFalse(stored.at("/autoRules/replayable").asBoolean());
    }

    @Test
    void verdictAndAnswerAreAboutWhatWasSaid() {
        String task = newTask();
        String id =
                log(entry(
                                "{'taskType':'%s','llmPrompt':'x','llmOutput':'write to ann@corp.io'}"
                                        .formatted(task)))
                        .then()
                        .statusCode(201)
                        .body("controlDecision", equalTo("rejected"))
                        .body("action", equalTo("block"))
                        .extract()
                        .path("id");
        JsonNode stored = get("/api/logs/" + id);
        assertEquals("speech.email", stored.at("/autoRules/findings/0/ruleId").asText());
        assertEquals("write to [email]", stored.at("/aceyOutput/speech").asText());
        assertEquals("write to [email]", stored.path("llmOutput").asText());
    }

    @Test
    void anEntryThatNothingWasTakenOutOfStaysReplayable() {
        String id =
                log(entry(
                                "{'taskType':'%s','llmPrompt':'x','llmOutput':'I call 2500'}"
                                        .formatted(newTask())))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        JsonNode stored = get("/api/logs/" + id);
        assertTrue(stored.at("/autoRules/replayable").asBoolean());
        assertTrue(stored.path("redactions").isNull());
    }

    @Test
    void aClientsOwnCountOfRedactionsIsLeftOut() {
        String id =
                log(entry(
                                "{'taskType':'%s','llmPrompt':'x','redactions':{'email':9}}"
                                        .formatted(newTask())))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        JsonNode stored = get("/api/logs/" + id);
        assertTrue(stored.path("redactions").isNull());
        assertTrue(stored.path("metadata").isEmpty());
    }

    @Test
    void whatOurOwnServicesSendIsRedactedAsWell() {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        bulk(
                        "/internal/logs",
                        entry(
                                "{'id':'%s','taskType':'%s','llmPrompt':'ann@corp.io',"
                                                .formatted(id, newTask())
                                        + "'error':{'type':'upstream_error','message':'for ann@corp.io'},"
                                        + "'routing':{'variant':'baseline','model':'m',"
                                        + "'attempts':[{'status':500,'error':'for ann@corp.io'}]}}"))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
        JsonNode stored = get("/api/logs/" + id);
        assertEquals("[email]", stored.path("llmPrompt").asText());
        assertEquals("for [email]", stored.at("/error/message").asText());
        assertEquals("for [email]", stored.at("/routing/attempts/0/error").asText());
        assertEquals(3, stored.at("/redactions/email").asInt());
        assertTrue(
                given().get("/q/metrics")
                        .asString()
                        .contains("acey_log_redactions_total{kind=\"email\"}"));
    }

    @Test
    void whatIsSaidAboutAnEntryIsRedactedAsWell() {
        String id =
                log(entry("{'taskType':'%s','llmPrompt':'x'}".formatted(newTask())))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        decide(
                        id,
                        entry(
                                "{'decision':'approved','reason':'ann@corp.io asked',"
                                        + "'finalAction':{'say':'call +49 170 1234567'}}"))
                .then()
                .statusCode(200)
                .body("review.reason", equalTo("[email] asked"))
                .body("finalAction.say", equalTo("call [phone]"));
        given().contentType(ContentType.JSON)
                .body(
                        entry(
                                "{'metric':'tone','value':{'speech':'hi ann@corp.io'},"
                                        + "'comment':'from B-1234'}"))
                .post("/api/logs/" + id + "/feedback")
                .then()
                .statusCode(201);
        JsonNode history = get("/api/logs/" + id + "/history");
        assertEquals("hi [email]", history.at("/feedback/0/value/speech").asText());
        assertEquals("from [badge]", history.at("/feedback/0/comment").asText());
    }
}
