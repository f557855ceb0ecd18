package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must hold of an answer so that the rules can see all of it. */
final class Completions {

    private Completions() {}

    /** The completion: one choice with a message. */
    static ObjectNode require(String model, JsonNode answer) {
        if (!(answer instanceof ObjectNode completion)) {
            throw Failures.badAnswer(model, "its body is no JSON object");
        }
        JsonNode choices = completion.path("choices");
        if (choices.size() != 1 || !choices.path(0).path("message").isObject()) {
            throw Failures.badAnswer(model, "it has not exactly one choice with a message");
        }
        JsonNode content = choices.path(0).path("message").path("content");
        if (!content.isTextual() && !content.isNull() && !content.isMissingNode()) {
            throw Failures.badAnswer(model, "its content is no text");
        }
        return completion;
    }
}
