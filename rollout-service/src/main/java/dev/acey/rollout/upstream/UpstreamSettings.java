package dev.acey.rollout.upstream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How patient this service is with a model. A whole answer has the model's own time-out. */
@ConfigMapping(prefix = "acey.upstream")
public interface UpstreamSettings {

    /** To connect to a model's server. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /** From the beginning of a streamed call to the head of its answer. */
    @WithDefault("30s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration firstByteTimeout();

    /**
     * What waiting between tries may add to one call; a {@code Retry-After} beyond it ends them.
     */
    @WithDefault("2s")
    @DurationMin(millis = 0)
    @DurationMax(minutes = 1)
    Duration retryBudget();

    /**
     * Calls under way to one model. As many again wait for a place, so that a burst, such as what
     * piles up while a replica has just started, is answered late; more are refused.
     */
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int concurrency();

    /** Of so many calls in a row {@code breakerRatio} must fail before a model is left alone. */
    @WithDefault("20")
    @Min(2)
    @Max(10_000)
    int breakerCalls();

    /** The share of calls that must fail. */
    @WithDefault("0.5")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double breakerRatio();

    /** How long a model is left alone before one call tries it again. */
    @WithDefault("5s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration breakerDelay();

    /** The longest answer that is taken; at most 64M count. */
    @WithDefault("16M")
    MemorySize largestAnswer();
}
