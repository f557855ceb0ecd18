package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the call took; each null when unknown.
 *
 * @param responseTime milliseconds, 0 to a day
 * @param promptTokens 0 to a billion, like the other counts
 * @param cost US dollars, 0 to a million
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Performance(
        Double responseTime,
        Long promptTokens,
        Long completionTokens,
        Long tokenCount,
        Double cost) {}
