package dev.acey.simulation.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.CallError;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a model that was asked gave.
 *
 * @param model its registered name
 * @param upstreamModel what its server calls it; null where it gave nothing
 * @param output as the live path reads it; null where the call failed
 * @param raw the text; null without one
 * @param finishReason as the model's server gave it
 * @param responseTime milliseconds; null where the call failed
 * @param cost US dollars; null where nobody knows
 * @param error why there is no answer; null where there is one
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Answer(
        String model,
        String upstreamModel,
        ObjectNode output,
        String raw,
        String finishReason,
        Double responseTime,
        Double cost,
        CallError error) {

    /** The answer of a model that failed for good. */
    public static Answer failure(String model, String type, String message) {
        return new Answer(model, null, null, null, null, null, null, new CallError(type, message));
    }

    @JsonIgnore
    public boolean failed() {
        return error != null;
    }
}
