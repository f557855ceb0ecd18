package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How long log-service keeps entries.
 *
 * @param logRetentionDays 1 to 3650
 * @param actor who says so; null in an answer
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogRetention(int logRetentionDays, String actor) {}
