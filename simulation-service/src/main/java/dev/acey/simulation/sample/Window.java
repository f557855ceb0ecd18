package dev.acey.simulation.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A time of live calls.
 *
 * @param taskType all when empty
 * @param from the first instant, ISO 8601; {@code to} the instant before which they were
 */
@RegisterForReflection
public record Window(
        @JsonProperty("taskType") List<String> taskType,
        @JsonProperty("from") String from,
        @JsonProperty("to") String to) {}
