package dev.acey.rollout.live;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.acey.rollout.Api;
import java.util.List;
import java.util.UUID;

/** A server that speaks OpenAI's chat completions and says what a test tells it to. */
public final class FakeModel implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/v1/chat/completions";

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    private final String name;

    /** Starts the server and registers the model. */
    public FakeModel() {
        server.start();
        name = "m-" + UUID.randomUUID();
        register("");
    }

    /**
     * @param more fields of the registration, each with a comma before it
     */
    public void register(String more) {
        int status =
                Api.put(
                                "/api/models/" + name,
                                "{\"baseUrl\": \""
                                        + server.baseUrl()
                                        + "/v1\", \"upstreamModel\": \"upstream-name\""
                                        + more
                                        + "}")
                        .extract()
                        .statusCode();
        if (status / 100 != 2) {
            throw new AssertionError("the model was not registered: " + status);
        }
    }

    public String name() {
        return name;
    }

    public void says(String content) {
        gives(JSON.createObjectNode().put("role", "assistant").put("content", content), "stop");
    }

    /** Answers with this message. */
    public void gives(ObjectNode message, String finishReason) {
        ObjectNode completion = JSON.createObjectNode();
        completion.put("id", "chatcmpl-1").put("object", "chat.completion");
        completion.put("created", 1_700_000_000).put("model", "upstream-name-2026");
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).set("message", message);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        completion
                .putObject("usage")
                .put("prompt_tokens", 1_000)
                .put("completion_tokens", 500)
                .put("total_tokens", 1_500);
        answers(
                aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(completion.toString()));
    }

    public void answers(ResponseDefinitionBuilder answer) {
        server.resetAll();
        server.stubFor(post(PATH).willReturn(answer));
    }

    public void isDown() {
        server.stop();
    }

    /** The bodies of the requests, in the order they came. */
    public List<JsonNode> asked() {
        return requests().stream().map(r -> json(r.getBodyAsString())).toList();
    }

    public List<LoggedRequest> requests() {
        List<LoggedRequest> requests =
                new java.util.ArrayList<>(
                        server.getAllServeEvents().stream()
                                .map(e -> LoggedRequest.createFrom(e.getRequest()))
                                .toList());
        java.util.Collections.reverse(requests);
        return requests;
    }

    @Override
    public void close() {
        server.stop();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
