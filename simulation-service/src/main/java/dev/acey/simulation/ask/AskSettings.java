package dev.acey.simulation.ask;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How simulations ask models. */
@ConfigMapping(prefix = "acey.simulation.ask")
public interface AskSettings {

    /** Calls under way at once, over all simulations and all replicas. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int concurrency();

    /** How long a call may take; what takes longer is given up and has failed. */
    @WithDefault("60s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration timeout();

    /** How often a call that failed is made again. */
    @WithDefault("2")
    @Min(0)
    @Max(10)
    int retries();

    /**
     * How long those that failed wait for the next try; it doubles with each, up to a minute. What
     * is refused for want of room waits as long, unless it was told how long to wait.
     */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 60)
    Duration pause();

    /** Calls one simulation may make; it may ask for fewer. */
    @WithDefault("50000")
    @Min(1)
    @Max(1_000_000)
    int mostCalls();

    /** US dollars one simulation may spend; it may ask for less. */
    @WithDefault("100")
    @DecimalMin("0")
    @DecimalMax("1000000")
    double mostDollars();

    /** The longest answer, in tokens, that a priced model is asked for where the log sets none. */
    @WithDefault("4096")
    @Min(1)
    @Max(1_000_000)
    int completionTokens();
}
