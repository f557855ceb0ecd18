package dev.acey.kit.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How a replica works on jobs. */
@ConfigMapping(prefix = "acey.jobs")
public interface JobSettings {

    /** Jobs that run at once on one replica. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int concurrency();

    /** How long a job stays with a worker that does not renew it: what a crash costs at most. */
    @WithDefault("15s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration lease();

    /**
     * How often a worker looks for due jobs and renews its leases, and a watcher looks for changes
     * made elsewhere; at most a third of the lease.
     */
    @WithDefault("1s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 60)
    Duration poll();

    /** How often in a row, without a checkpoint, a job may meet faults before it fails. */
    @WithDefault("10")
    @Min(1)
    @Max(1000)
    int maxAttempts();

    /** The pause before the first retry; it doubles up to a minute. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 60)
    Duration backOff();

    /** How long a request waits for its job before it is answered 202. */
    @WithDefault("30s")
    @DurationMin(millis = 0)
    @DurationMax(minutes = 5)
    Duration answerWait();
}
