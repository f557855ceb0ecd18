package dev.acey.simulation.simulate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.acey.kit.test.RolloutService;

/** A model as rollout-service has it, and what it answers when it is asked. */
final class Candidate {

    private final RolloutService rollout;
    private final String name;

    private Candidate(RolloutService rollout, String name) {
        this.rollout = rollout;
        this.name = name;
    }

    /**
     * Registers a model.
     *
     * @param pricing JSON, or null
     */
    static Candidate registered(RolloutService rollout, String name, String pricing) {
        rollout.server()
                .stubFor(
                        get(urlPathEqualTo("/api/models/" + name))
                                .willReturn(
                                        okJson(
                                                "{\"name\":\"%s\",\"pricing\":%s,\"version\":1}"
                                                        .formatted(name, pricing))));
        return new Candidate(rollout, name);
    }

    /** Says what the last message says, and proposes nothing. */
    Candidate echoes() {
        return answers("\"{{jsonPath request.body '$.messages[-1].content'}}\"", "null");
    }

    /**
     * @param speech a JSON text
     * @param cost dollars, or null
     */
    Candidate answers(String speech, String cost) {
        rollout.server().stubFor(ask().willReturn(answer(speech, cost)));
        return this;
    }

    static ResponseDefinitionBuilder answer(String speech, String cost) {
        return okJson(
                        """
                        {"model": "m", "upstreamModel": "u", "raw": %1$s,
                         "aceyOutput": {"speech": %1$s, "intents": []}, "toolCalls": false,
                         "finishReason": "stop", "usage": {"promptTokens": 1, "completionTokens": 1,
                         "estimated": false}, "cost": %2$s, "responseTime": 12.5}
                        """
                                .formatted(speech, cost))
                .withTransformers("response-template");
    }

    /** Fails each time. */
    Candidate fails(String type) {
        rollout.server().stubFor(ask().willReturn(failure(type)));
        return this;
    }

    static ResponseDefinitionBuilder failure(String type) {
        return jsonResponse(
                """
                {"type": "urn:acey:problem:%s", "title": "Bad Gateway", "status": 502,
                 "detail": "It did not work."}
                """
                        .formatted(type),
                502);
    }

    MappingBuilder ask() {
        return post(urlPathEqualTo("/internal/models/" + name + "/ask"));
    }

    /** How often it was asked. */
    int asked() {
        return rollout.server()
                .findAll(postRequestedFor(urlPathEqualTo("/internal/models/" + name + "/ask")))
                .size();
    }

    /** How often it was asked for this task. */
    int askedFor(String taskType) {
        return rollout.server()
                .findAll(
                        postRequestedFor(urlPathEqualTo("/internal/models/" + name + "/ask"))
                                .withHeader("X-Acey-Task", equalTo(taskType)))
                .size();
    }
}
