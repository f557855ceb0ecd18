package dev.acey.rollout.model;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

/**
 * What a model costs, in US dollars for a million tokens.
 *
 * @param promptPerMillion 0 to 100,000
 * @param completionPerMillion 0 to 100,000
 */
public record Pricing(
        @NotNull(message = "is required")
                @DecimalMin(value = "0", message = DOLLARS)
                @DecimalMax(value = "100000", message = DOLLARS)
                Double promptPerMillion,
        @NotNull(message = "is required")
                @DecimalMin(value = "0", message = DOLLARS)
                @DecimalMax(value = "100000", message = DOLLARS)
                Double completionPerMillion) {

    private static final String DOLLARS = "must be a number from 0 to 100000";
}
