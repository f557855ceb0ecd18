package dev.acey.rollout.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.live.FakeModel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AskTest {

    private static final String HI = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";

    private FakeModel model;

    @BeforeEach
    void aModelIsRegistered() {
        model = new FakeModel();
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theAnswerIsWhatTheRulesWouldSeeOfIt() {
        model.register(", \"pricing\": {\"promptPerMillion\": 2, \"completionPerMillion\": 10}");
        model.says("{\"speech\": \"Nice hand!\", \"intents\": [{\"type\": \"trust_signal\"}]}");
        ask(HI + ", \"temperature\": 0.5}")
                .statusCode(200)
                .body("model", is(model.name()))
                .body("upstreamModel", is("upstream-name-2026"))
                .body("aceyOutput.speech", is("Nice hand!"))
                .body("aceyOutput.intents[0].type", is("trust_signal"))
                .body("toolCalls", is(false))
                .body("finishReason", is("stop"))
                .body("usage.promptTokens", is(1_000))
                .body("usage.estimated", is(false))
                .body("cost", is(0.007f))
                .body("responseTime", greaterThanOrEqualTo(0));
    }

    @Test
    void theModelIsAskedForAWholeAnswerByItsOwnName() {
        model.says("ok");
        ask(HI + ", \"model\": \"another\", \"stream\": true, \"stream_options\": {}, \"seed\": 7}")
                .statusCode(200)
                .body("cost", nullValue());
        JsonNode asked = model.asked().get(0);
        assertEquals("upstream-name", asked.get("model").asText());
        assertEquals(7, asked.get("seed").asInt());
        assertFalse(asked.has("stream"));
        assertFalse(asked.has("stream_options"));
    }

    @Test
    void aFailureOfTheModelIsNamed() {
        model.answers(aResponse().withStatus(500));
        ask(HI + "}").statusCode(502).body("type", is("urn:acey:problem:upstream_error"));
    }

    @Test
    void aModelThatHasTooMuchToDoSaysWhenToComeBack() {
        model.answers(aResponse().withStatus(429));
        ask(HI + "}")
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", is("urn:acey:problem:upstream_rate_limited"));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        ask("{\"messages\": []}").statusCode(400).body("errors[0].pointer", is("/messages"));
        ask("{}").statusCode(400).body("errors[0].pointer", is("/messages"));
        ask("[]").statusCode(400);
        given().contentType(ContentType.JSON)
                .body(HI + "}")
                .post("/internal/models/nobody/ask")
                .then()
                .statusCode(404);
    }

    private ValidatableResponse ask(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/internal/models/" + model.name() + "/ask")
                .then();
    }
}
