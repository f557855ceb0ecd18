package dev.acey.log.metrics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The figures of a window, by task type and variant, those without any request left out.
 *
 * @param from the beginning of the first step, inclusive
 * @param to the end of the last step, exclusive
 */
@RegisterForReflection
public record Metrics(
        Instant from,
        Instant to,
        long windowSeconds,
        long stepSeconds,
        String environment,
        List<Total> totals,
        List<Series> series) {

    /**
     * All of the window.
     *
     * @param variant null for requests that no route was proven for
     */
    @RegisterForReflection
    public record Total(String taskType, String variant, @JsonUnwrapped Figures figures) {}

    /** Step by step, oldest first, also those in which nothing was. */
    @RegisterForReflection
    public record Series(String taskType, String variant, List<Point> points) {}

    /**
     * One step.
     *
     * @param at its beginning
     */
    @RegisterForReflection
    public record Point(Instant at, @JsonUnwrapped Figures figures) {}
}
