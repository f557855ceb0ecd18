package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Datasets being prepared by dataset-service.
 *
 * @param state {@code running} until it ended
 * @param datasets by task, as dataset-service gives them
 * @param summary as dataset-service gives it
 * @param error what went wrong, else null
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Preparation(
        String id, String state, JsonNode datasets, JsonNode summary, JsonNode error)
        implements LongWork {

    /** What to prepare. */
    @RegisterForReflection
    public record Order(List<String> taskTypes, double minConfidence, boolean excludeRejected) {}
}
