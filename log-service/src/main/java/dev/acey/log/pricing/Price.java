package dev.acey.log.pricing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a model costs.
 *
 * @param promptPerMillion US dollars for a million tokens of prompt
 * @param completionPerMillion US dollars for a million tokens of completion
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Price(double promptPerMillion, double completionPerMillion) {

    private static final double MILLION = 1e6;

    /** US dollars. */
    double of(long promptTokens, long completionTokens) {
        return (promptTokens * promptPerMillion + completionTokens * completionPerMillion)
                / MILLION;
    }
}
