package dev.acey.log.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * Feedback as it is stored.
 *
 * @param id of the entry it is about
 * @param value a boolean, a number from 0 to 1, or a demonstration
 * @param comment null without one, like the reviewer
 */
@RegisterForReflection
public record Feedback(
        UUID id, String metric, JsonNode value, String comment, String reviewer, Instant at) {}
