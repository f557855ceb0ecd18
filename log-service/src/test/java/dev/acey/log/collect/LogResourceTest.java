package dev.acey.log.collect;

import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.json;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.token.RouteToken;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class LogResourceTest {

    private static final String REJECTED_OUTPUT =
            "'aceyOutput':{'speech':'hi','intents':[{'type':'memory_proposal','confidence':0.3}]}";

    @Inject Clock clock;
    @Inject RouteToken tokens;

    @Test
    void anEntryIsStoredJudgedAndAnsweredWithWhatBecameOfIt() {
        JsonNode stored = store("{'taskType':'%s','llmPrompt':'Test'," + REJECTED_OUTPUT + "}");
        assertEquals("rejected", stored.path("controlDecision").asText());
        assertEquals("block", stored.path("autoRules").path("action").asText());
        assertEquals("memory.lowConfidence", finding(stored).path("ruleId").asText());
        assertEquals("hi", stored.path("llmOutput").asText());
        assertEquals(0.3, stored.path("confidence").asDouble());
        assertTrue(stored.path("autoRules").path("replayable").asBoolean());
        assertTrue(stored.path("review").isNull() && stored.has("review"));
    }

    @Test
    void whatIsNotGivenFollowsFromTheTimeOfArrival() {
        Instant before = clock.instant().minusMillis(1);
        JsonNode stored = store("{'taskType':'%s','llmPrompt':'Test'}");
        Instant timestamp = Instant.parse(stored.path("timestamp").asText());
        UUID id = UUID.fromString(stored.path("id").asText());
        assertTrue(before.isBefore(timestamp) && !timestamp.isAfter(clock.instant()));
        assertEquals(timestamp, LogEntryReader.timeOf(id));
    }

    @Test
    void anIdThatIsMadeForATimestampIsOfItsMillisecond() {
        String timestamp = JsonConventions.format(clock.instant().minus(Duration.ofDays(100)));
        JsonNode stored =
                store("{'taskType':'%s','llmPrompt':'Test','timestamp':'" + timestamp + "'}");
        UUID id = UUID.fromString(stored.path("id").asText());
        assertEquals(timestamp, stored.path("timestamp").asText());
        assertEquals(timestamp, JsonConventions.format(LogEntryReader.timeOf(id)));
    }

    @Test
    void theSameIdAgainIsAnsweredWithWhatWasStoredFirst() {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        String task = newTask();
        String first = "{'id':'%s','taskType':'%s','llmPrompt':'first'," + REJECTED_OUTPUT + "}";
        String second = "{'id':'%s','taskType':'%s','llmPrompt':'second','llmOutput':'fine'}";
        JsonNode stored = answer(log(entry(first.formatted(id, task))).then().statusCode(201));
        JsonNode again = answer(log(entry(second.formatted(id, task))).then().statusCode(200));
        assertEquals(stored, again);
        assertEquals("block", again.path("action").asText());
        assertEquals("first", get("/api/logs/" + id).path("llmPrompt").asText());
        assertEquals(1, get("/api/logs?taskType=" + task).path("logs").size());
    }

    @Test
    void theCallersDecisionStandsAndTheVerdictIsKeptBesideIt() {
        ValidatableResponse answer =
                log(entry(
                                "{'taskType':'%s','llmPrompt':'x','controlDecision':'approved',"
                                                .formatted(newTask())
                                        + REJECTED_OUTPUT
                                        + "}"))
                        .then()
                        .statusCode(201)
                        .body("controlDecision", equalTo("approved"))
                        .body("action", equalTo("deliver"));
        JsonNode stored = get("/api/logs/" + answer(answer).path("id").asText());
        assertEquals("approved", stored.path("controlDecision").asText());
        assertEquals("rejected", stored.path("autoRules").path("decision").asText());
    }

    @Test
    void aVerdictAReviewAndARouteThatTheCallerInventedAreLeftOut() {
        JsonNode stored =
                store(
                        "{'taskType':'%s','llmPrompt':'x','llmOutput':'hello',"
                                + "'autoRules':{'decision':'rejected'},'review':{'reviewer':'me'},"
                                + "'routing':{'variant':'candidate','model':'m','token':'a.b'}}");
        assertEquals("approved", stored.path("autoRules").path("decision").asText());
        assertTrue(stored.path("routing").isNull());
        assertTrue(stored.path("review").isNull());
        assertTrue(stored.path("metadata").isEmpty());
    }

    @Test
    void aRouteCountsWithItsToken() {
        String task = newTask();
        JsonNode stored = store(task, routed(task, task, clock.instant()));
        assertEquals(
                object(
                        "{'rolloutId':'r1','variant':'candidate','servedBy':'baseline','stage':2,"
                                + "'model':'proven','attempts':[{'status':500}],'keyHash':'k'}"),
                stored.path("routing"));
        assertEquals(1, get("/api/logs?variant=candidate&taskType=" + task).path("logs").size());
        assertEquals(1, get("/api/logs?model=proven&taskType=" + task).path("logs").size());
    }

    @Test
    void aRouteOfAnotherTaskOrOfThePastDoesNotCount() {
        String task = newTask();
        Instant yesterday = clock.instant().minus(RouteToken.VALID).minusSeconds(1);
        JsonNode other = store(task, routed(task, "another", clock.instant()));
        JsonNode old = store(task, routed(task, task, yesterday));
        assertTrue(other.path("routing").isNull());
        assertTrue(old.path("routing").isNull());
    }

    @Test
    void aCallThatFailedIsNotJudged() {
        JsonNode stored =
                store(
                        "{'taskType':'%s','llmPrompt':'x','llmOutput':'half an ans',"
                                + "'error':{'type':'upstream_timeout','message':'30 s'}}");
        assertTrue(stored.path("autoRules").isNull());
        assertTrue(stored.path("controlDecision").isNull());
        assertEquals("upstream_timeout", stored.path("error").path("type").asText());
    }

    @Test
    void rawTextIsJudgedAsSpeech() {
        JsonNode stored = store("{'taskType':'%s','llmPrompt':'x','llmOutput':'hello'}");
        assertEquals(object("{'speech':'hello','intents':[]}"), stored.path("aceyOutput"));
        assertEquals("approved", stored.path("controlDecision").asText());
    }

    @Test
    void fieldsWeDoNotKnowAndTextThatColumnsCannotHoldAreKept() {
        JsonNode stored =
                store(
                        "{'taskType':'%s','llmPrompt':'\\u0000 ♠ \\ud83d\\ude00','mood':1,"
                                + "'metadata':{'model':'a\\u0000b','extra':{'old':2}},"
                                + "'finalAction':{'say':'\\u0000'},"
                                + "'context':{'channel':'c','table':{'pot':12}}}");
        assertEquals("\0 ♠ 😀", stored.path("llmPrompt").asText());
        assertEquals(object("{'old':2,'mood':1}"), stored.path("metadata").path("extra"));
        assertEquals("a\0b", stored.path("metadata").path("model").asText());
        assertEquals("\0", stored.path("finalAction").path("say").asText());
        assertEquals(12, stored.path("context").path("table").path("pot").asInt());
    }

    @ParameterizedTest
    @CsvSource({"-P366DT1M, 422", "-P365D, 201", "PT23H, 201", "PT24H1M, 422"})
    void onlyEntriesOfAYearAndADayAheadAreTaken(Duration fromNow, int status) {
        Instant time = clock.instant().plus(fromNow);
        log(entry(
                        "{'taskType':'%s','llmPrompt':'x','timestamp':'%s'}"
                                .formatted(newTask(), JsonConventions.format(time))))
                .then()
                .statusCode(status);
        log(entry(
                        "{'taskType':'%s','llmPrompt':'x','id':'%s'}"
                                .formatted(newTask(), UuidCreator.getTimeOrderedEpoch(time))))
                .then()
                .statusCode(status);
    }

    private static JsonNode store(String entry) {
        String task = newTask();
        return store(task, entry(entry.replace("%s", task)));
    }

    private static JsonNode store(String task, String entry) {
        JsonNode answer = answer(log(entry).then().statusCode(201));
        JsonNode stored = get("/api/logs/" + answer.path("id").asText());
        assertEquals(task, stored.path("taskType").asText());
        assertEquals(stored.path("timestamp"), answer.path("timestamp"));
        assertEquals(stored.path("controlDecision"), answer.path("controlDecision"));
        return stored;
    }

    /** An entry that claims more than its token proves. */
    private String routed(String task, String tokenTask, Instant issuedAt) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("taskType", task).put("llmPrompt", "x");
        entry.putObject("routing")
                .put("variant", "baseline")
                .put("model", "claimed")
                .put("servedBy", "baseline")
                .put(
                        "token",
                        tokens.sign(
                                new RouteToken.Claims(
                                        tokenTask,
                                        "candidate",
                                        "proven",
                                        "r1",
                                        2,
                                        "k",
                                        issuedAt.toEpochMilli())))
                .putArray("attempts")
                .addObject()
                .put("status", 500);
        return entry.toString();
    }

    private static JsonNode finding(JsonNode stored) {
        return stored.path("autoRules").path("findings").path(0);
    }

    private static JsonNode answer(ValidatableResponse response) {
        return json(response.extract().asString());
    }

    private static JsonNode object(String json) {
        return json(entry(json));
    }
}
