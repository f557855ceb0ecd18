package dev.acey.rollout.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much the spool may hold, and what it survives. */
@ConfigMapping(prefix = "acey.spool")
interface SpoolSettings {

    /**
     * What may wait on the disk, 16M to 1T; beyond it new live traffic is refused. Calls that are
     * under way then are still recorded.
     */
    @WithDefault("1G")
    MemorySize maxBytes();

    /** When entries are forced to the disk. The death of the process loses none in any case. */
    @WithDefault("interval")
    Fsync fsync();

    /** How much a loss of power may cost where {@code fsync} is {@code interval}. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration fsyncInterval();

    /**
     * What entries that log-service refused for good may take on the disk, 0 to 1T; beyond it they
     * are dropped and counted.
     */
    @WithDefault("64M")
    MemorySize refusedMaxBytes();

    /** What a loss of power may cost. */
    enum Fsync {
        /** Whatever the operating system had not written yet. */
        NONE,
        /** The entries of the last interval. */
        INTERVAL,
        /** Nothing: an answer leaves only when its entry is on the disk. */
        EACH
    }
}
