package dev.acey.simulation.ask;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.simulation.replay.Answer;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What rollout-service tells of a model's answer. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Told(
        String upstreamModel,
        String raw,
        ObjectNode aceyOutput,
        String finishReason,
        Double cost,
        Double responseTime) {

    Answer answer(String model) {
        return new Answer(
                model, upstreamModel, aceyOutput, raw, finishReason, responseTime, cost, null);
    }
}
