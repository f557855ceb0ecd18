package dev.acey.rollout.live;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ChatTest {

    private static final String MESSAGES = "[{\"role\": \"user\", \"content\": \"Hi\"}]";

    PostgresServer database;
    LogService log;

    @ConfigProperty(name = "acey.keys.dir")
    Path keys;

    private final String task = "t" + UUID.randomUUID();
    private final String channel = "channel-" + UUID.randomUUID();
    private FakeModel baseline;
    private FakeModel candidate;

    @BeforeEach
    void aTaskHasABaselineAndACandidate() {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        baseline = new FakeModel();
        candidate = new FakeModel();
        put(
                        "/api/tasks/" + task,
                        "{\"baseline\": \"%s\", \"candidate\": \"%s\", \"overrides\": {\"new\": \"%s\"}}"
                                .formatted(baseline.name(), candidate.name(), candidate.name()))
                .statusCode(200);
    }

    @AfterEach
    void close() {
        baseline.close();
        candidate.close();
    }

    @Test
    void anAnswerIsDeliveredAsItIsAndOnTheRecord() {
        baseline.register(", \"pricing\": {\"promptPerMillion\": 2, \"completionPerMillion\": 10}");
        baseline.says("Nice hand!");
        ValidatableResponse answer =
                ask("\"user\": \"ann\", \"temperature\": 0.5")
                        .statusCode(200)
                        .contentType("application/json")
                        .header("X-Acey-Variant", "baseline")
                        .header("X-Acey-Model", baseline.name())
                        .header("X-Acey-Decision", "approved")
                        .header("X-Acey-Rule-Set", RuleSet.shipped().hash())
                        .body("object", is("chat.completion"))
                        .body("model", is("upstream-name-2026"))
                        .body("choices[0].message.content", is("Nice hand!"))
                        .body("usage.total_tokens", is(1_500));

        JsonNode entry = entry(answer);
        assertEquals(task, entry.get("taskType").asText());
        assertEquals("ann", entry.at("/context/user").asText());
        assertEquals("live", entry.at("/context/environment").asText());
        assertEquals("Hi", entry.at("/llmPrompt/0/content").asText());
        assertEquals("Nice hand!", entry.get("llmOutput").asText());
        assertEquals("approved", entry.get("controlDecision").asText());
        assertEquals(1_500, entry.at("/performance/tokenCount").asInt());
        assertEquals(0.007, entry.at("/performance/cost").asDouble(), 1e-12);
        assertEquals("baseline", entry.at("/routing/variant").asText());
        assertEquals("baseline", entry.at("/routing/servedBy").asText());
        assertEquals(1, entry.at("/routing/attempts").size());
        assertEquals(32, entry.at("/routing/keyHash").asText().length());
        assertEquals(0.5, entry.at("/metadata/temperature").asDouble());
        assertEquals("stop", entry.at("/metadata/finishReason").asText());
    }

    @Test
    void onlyTheNameOfTheModelIsChangedOnTheWay() throws IOException {
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("live"), "sk-live-secret\n");
        baseline.register(", \"apiKeyRef\": \"file:live\"");
        baseline.says("ok");
        ask("\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}],"
                        + " \"unheard_of\": {\"a\": [1.25]}, \"n\": 1")
                .statusCode(200);
        JsonNode asked = baseline.asked().get(0);
        assertEquals("upstream-name", asked.get("model").asText());
        assertEquals("f", asked.at("/tools/0/function/name").asText());
        assertEquals(1.25, asked.at("/unheard_of/a/0").asDouble());
        assertEquals(
                "Bearer sk-live-secret", baseline.requests().get(0).getHeader("Authorization"));
    }

    @Test
    void aToolCallIsSeenByTheRulesAndDelivered() {
        baseline.gives(
                (ObjectNode)
                        FakeModel.json(
                                "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{"
                                        + "\"id\": \"call_1\", \"type\": \"function\", \"function\":"
                                        + " {\"name\": \"deal\", \"arguments\": \"{}\"}}]}"),
                "tool_calls");
        ValidatableResponse answer =
                ask("\"user\": \"ann\"")
                        .statusCode(200)
                        .body("choices[0].message.content", nullValue())
                        .body("choices[0].message.tool_calls[0].id", is("call_1"));
        assertEquals("deal", entry(answer).at("/aceyOutput/toolCalls/0/function/name").asText());
    }

    @Test
    void whatTheRulesBlockHasNoContent() {
        baseline.says(
                "{\"speech\": \"secret\", \"intents\": [{\"type\": \"memory_proposal\","
                        + " \"confidence\": 0.1, \"text\": \"x\"}]}");
        ValidatableResponse answer =
                ask("\"user\": \"ann\"")
                        .statusCode(200)
                        .header("X-Acey-Decision", "rejected")
                        .body("choices[0].finish_reason", is("content_filter"))
                        .body("choices[0].message.content", is(""));
        assertFalse(answer.extract().asString().contains("secret"));
        assertEquals("secret", entry(answer).at("/aceyOutput/speech").asText());
    }

    @Test
    void jsonContentIsDeliveredWithoutWhatTheRulesTookOut() {
        put(
                        "/api/channels/" + channel + "/state",
                        "{\"persona\": {\"mode\": \"calm\", \"locked\": true}}")
                .statusCode(200);
        baseline.says(
                "```json\n{\"speech\": \"Hey\", \"more\": 1, \"intents\": [{\"type\":"
                        + " \"persona_mode_proposal\", \"mode\": \"hype\"}]}\n```");
        ValidatableResponse answer =
                ask("\"metadata\": {\"channel\": \"" + channel + "\"}")
                        .header("X-Acey-Decision", "modified")
                        .body(
                                "choices[0].message.content",
                                is("{\"speech\":\"Hey\",\"more\":1,\"intents\":[]}"));
        JsonNode entry = entry(answer);
        assertEquals(channel, entry.at("/context/channel").asText());
        JsonNode rules = entry.get("autoRules");
        assertEquals(
                rules.get("verdictHash").asText(),
                RuleSet.shipped()
                        .judge(
                                entry.get("aceyOutput"),
                                RuleState.fromJson(rules.get("state")),
                                Instant.parse(rules.get("at").asText()))
                        .hash());
    }

    @Test
    void deliveredIntentsChangeTheChannel() {
        baseline.says(
                "{\"speech\": \"Hey\", \"intents\": [{\"type\": \"trust_signal\", \"user\":"
                        + " \"ann\", \"delta\": 0.05}]}");
        request("\"user\": \"ann\"")
                .header("X-Acey-Channel", channel)
                .post("/v1/chat/completions")
                .then()
                .header("X-Acey-Decision", "approved");
        get("/api/channels/" + channel + "/state").body("trust.ann.score", is(0.55f));
    }

    @Test
    void anOutputThatTwoReadersWouldReadDifferentlyIsBlocked() {
        baseline.says("{\"speech\": \"a\", \"intents\": [], \"intents\": [{\"type\": \"x\"}]}");
        ask("\"user\": \"ann\"").header("X-Acey-Decision", "rejected");
    }

    @Test
    void whereACandidateFailsTheBaselineAnswers() {
        candidate.answers(aResponse().withStatus(500));
        baseline.says("saved");
        ValidatableResponse answer =
                askAs("new")
                        .statusCode(200)
                        .header("X-Acey-Variant", "candidate")
                        .header("X-Acey-Model", baseline.name())
                        .body("choices[0].message.content", is("saved"));
        JsonNode routing = entry(answer).get("routing");
        assertEquals("candidate", routing.get("variant").asText());
        assertEquals("baseline", routing.get("servedBy").asText());
        assertEquals(baseline.name(), routing.get("model").asText());
        assertEquals(2, routing.get("attempts").size());
        assertEquals("upstream_error", routing.at("/attempts/0/error").asText());
        assertEquals(500, routing.at("/attempts/0/status").asInt());
        assertEquals("candidate", routing.at("/attempts/0/variant").asText());
    }

    @Test
    void aShadowedRequestIsAnsweredByTheCandidateForTheRecordAlone() {
        put(
                        "/internal/flags/" + task,
                        "{\"candidate\": \"%s\", \"salt\": \"s\", \"weight\": 0, \"shadowShare\": 10000}"
                                .formatted(candidate.name()))
                .statusCode(200);
        baseline.says("seen");
        candidate.says(
                "{\"speech\": \"unseen\", \"intents\": [{\"type\": \"trust_signal\", \"user\":"
                        + " \"ann\", \"delta\": 0.05}]}");
        ValidatableResponse answer =
                request("\"user\": \"ann\"")
                        .header("X-Acey-Channel", channel)
                        .post("/v1/chat/completions")
                        .then()
                        .statusCode(200)
                        .body("choices[0].message.content", is("seen"));
        String id = answer.extract().header("X-Acey-Log-Id");
        assertEquals("live", entry(answer).at("/context/environment").asText());
        await().until(() -> shadowOf(id).isPresent());
        JsonNode shadow = shadowOf(id).orElseThrow();
        assertEquals("shadow", shadow.at("/context/environment").asText());
        assertEquals("candidate", shadow.at("/routing/variant").asText());
        assertEquals(candidate.name(), shadow.at("/routing/model").asText());
        assertEquals("approved", shadow.get("controlDecision").asText());
        get("/api/channels/" + channel + "/state").body("trust.ann", nullValue());
    }

    private Optional<JsonNode> shadowOf(String id) {
        return log.received().stream()
                .filter(e -> e.at("/metadata/shadowOf").asText().equals(id))
                .findFirst();
    }

    @Test
    void aModelThatIsNotReachedIsTriedAgainAndThenReported() {
        baseline.isDown();
        ValidatableResponse answer =
                ask("\"user\": \"ann\"")
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .contentType("application/json")
                        .body("error.code", is("upstream_unreachable"))
                        .body("error.type", is("server_error"));
        JsonNode entry = entry(answer);
        assertEquals("upstream_unreachable", entry.at("/error/type").asText());
        assertTrue(entry.get("autoRules").isNull());
        assertEquals(3, entry.at("/routing/attempts").size());
    }

    @Test
    void aModelThatFailsTooOftenIsLeftAlone() {
        candidate.answers(aResponse().withStatus(500));
        baseline.says("saved");
        for (int i = 0; i < 20; i++) {
            askAs("new").statusCode(200);
        }
        int asked = candidate.asked().size();
        ValidatableResponse answer = askAs("new").statusCode(200);
        assertEquals("circuit_open", entry(answer).at("/routing/attempts/0/error").asText());
        assertEquals(asked, candidate.asked().size());
    }

    @Test
    void aModelWhoseKeyIsNotHereIsNotAsked() {
        baseline.register(", \"apiKeyRef\": \"file:nowhere\"");
        ask("\"user\": \"ann\"").statusCode(503).body("error.code", is("model_key_missing"));
        assertTrue(baseline.asked().isEmpty());
    }

    @Test
    void aRetryAfterWithinTheBudgetIsWaitedFor() {
        baseline.answers(aResponse().withStatus(429).withHeader("Retry-After", "1"));
        JsonNode attempts = entry(ask("\"user\": \"ann\"").statusCode(429)).at("/routing/attempts");
        assertEquals(3, attempts.size());
        baseline.answers(aResponse().withStatus(429).withHeader("Retry-After", "60"));
        ValidatableResponse answer =
                ask("\"user\": \"ann\"").statusCode(429).header("Retry-After", "60");
        assertEquals(1, entry(answer).at("/routing/attempts").size());
    }

    @Test
    void whatTheModelRefusesIsToldInItsOwnWords() {
        baseline.answers(
                aResponse()
                        .withStatus(400)
                        .withBody(
                                "{\"error\": {\"message\": \"too hot\", \"type\":"
                                        + " \"invalid_request_error\", \"param\": \"temperature\","
                                        + " \"code\": null}}"));
        ValidatableResponse answer =
                ask("\"temperature\": 9").statusCode(400).body("error.param", is("temperature"));
        assertEquals("upstream_rejected", entry(answer).at("/error/type").asText());
    }

    @Test
    void aModelThatBreaksOffOrTakesTooLongIsAnError() {
        baseline.answers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        ask("\"user\": \"ann\"").statusCode(502).body("error.code", is("upstream_broken_off"));
        baseline.answers(aResponse().withBody("{\"choices\": []}"));
        ask("\"user\": \"ann\"").statusCode(502).body("error.code", is("upstream_bad_answer"));
        baseline.register(", \"timeoutMs\": 100");
        baseline.answers(aResponse().withFixedDelay(2_000));
        ask("\"user\": \"ann\"").statusCode(504).body("error.code", is("upstream_timeout"));
    }

    @Test
    void callsGoOnWhileLogServiceAndTheDatabaseAreAway() {
        baseline.says(
                "{\"speech\": \"a\", \"intents\": [{\"type\": \"trust_signal\", \"user\": \"u\", \"delta\": 0.01}]}");
        log.stop();
        database.stop();
        ValidatableResponse answer;
        try {
            answer =
                    request("\"user\": \"ann\"")
                            .header("X-Acey-Channel", channel)
                            .post("/v1/chat/completions")
                            .then()
                            .statusCode(200)
                            .header("X-Acey-Decision", "pending");
        } finally {
            database.start();
            log.start();
        }
        assertEquals(
                "state_unavailable", entry(answer).at("/autoRules/findings/0/ruleId").asText());
    }

    @Test
    void aCallTooLargeForTheRecordIsServedAndRecordedInShort() {
        baseline.says("short");
        String long1 = "x".repeat(1_200_000);
        ValidatableResponse answer =
                given().contentType(ContentType.JSON)
                        .body(
                                "{\"model\": \"acey/"
                                        + task
                                        + "\", \"messages\": [{\"role\": \"user\", \"content\": \""
                                        + long1
                                        + "\"}]}")
                        .post("/v1/chat/completions")
                        .then()
                        .statusCode(200)
                        .body("choices[0].message.content", is("short"));
        JsonNode entry = entry(answer);
        assertTrue(entry.get("llmPrompt").asText().startsWith("(left out"));
        assertEquals("short", entry.get("llmOutput").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                         | 400 |",
                "[]                                                        | 400 |",
                "{\"messages\": []}                                        | 400 | messages",
                "{\"model\": \"acey/T!\", \"messages\": [{\"role\":\"user\"}]} | 400 | model",
                "{\"model\": \"gpt\", \"messages\": [{\"role\":\"user\"}]} | 400 | model",
                "{\"model\": \"acey/t\", \"messages\": [{}]}" + " | 400 | messages[0].role",
                "{\"model\": \"acey/t\", \"n\": 2, \"messages\": [{\"role\":\"user\"}]}"
                        + " | 400 | n",
                "{\"model\": \"acey/t\", \"stream\": 1, \"messages\": [{\"role\":\"user\"}]}"
                        + " | 400 | stream",
                "{\"model\": \"acey/t\", \"audio\": {}, \"messages\": [{\"role\":\"user\"}]}"
                        + " | 400 | audio",
                "{\"model\": \"acey/nobody-serves-this\", \"messages\": [{\"role\":\"user\"}]}"
                        + " | 404 |",
            })
    void aBadRequestIsToldInOpenAisShape(String body, int status, String param) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/chat/completions")
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("error.message", notNullValue())
                .body("error.type", is("invalid_request_error"))
                .body("error.param", param == null ? nullValue() : is(param));
    }

    @Test
    void otherMethodsTypesAndPathsAreRefusedInOpenAisShapeToo() {
        given().get("/v1/chat/completions")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .body("error.message", notNullValue());
        given().contentType("text/plain")
                .body("{}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(415)
                .body("error.message", notNullValue());
        given().get("/v1/nothing").then().statusCode(404).body("error.message", notNullValue());
    }

    @Test
    void theModelsAreTheTasksAndTheRegisteredOnes() {
        get("/v1/models")
                .statusCode(200)
                .body("object", is("list"))
                .body("data.id", hasItems("acey/" + task, baseline.name()));
        get("/v1/models/acey/" + task).statusCode(200).body("object", is("model"));
        get("/v1/models/nobody").statusCode(404).body("error.message", containsString("nobody"));
    }

    private ValidatableResponse askAs(String key) {
        return request("\"user\": \"ann\"")
                .header("X-Acey-Key", key)
                .post("/v1/chat/completions")
                .then();
    }

    private ValidatableResponse ask(String more) {
        return request(more).post("/v1/chat/completions").then();
    }

    private RequestSpecification request(String more) {
        return given().contentType(ContentType.JSON)
                .body(
                        "{\"model\": \"acey/%s\", \"messages\": %s, %s}"
                                .formatted(task, MESSAGES, more));
    }

    private JsonNode entry(ValidatableResponse answer) {
        UUID id = UUID.fromString(answer.extract().header("X-Acey-Log-Id"));
        await().untilAsserted(() -> assertEquals(1, log.received(id).size()));
        JsonNode entry = log.received(id).get(0);
        assertEquals(id, LogEntryReader.read(entry).id(), "log-service can read it");
        return entry;
    }
}
