package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A training job of dataset-service.
 *
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code
 *     cancelled}
 * @param model the name under which what it made is registered; null before that, and where it
 *     could not be registered
 * @param detail why it waits, or why its model is not registered; else null
 * @param error why it failed; else null
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record FineTune(String id, String state, String model, String detail, String error) {

    /**
     * What to train.
     *
     * @param dataset its file name
     * @param version null for the newest
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Order(String dataset, Integer version, String baseModel) {}

    public boolean succeeded() {
        return "succeeded".equals(state);
    }

    /** Whether it ended without a model. */
    public boolean failed() {
        return "failed".equals(state) || "cancelled".equals(state);
    }
}
