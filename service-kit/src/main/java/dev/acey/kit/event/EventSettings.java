package dev.acey.kit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long events are kept. */
@ConfigMapping(prefix = "acey.events")
public interface EventSettings {

    /** A reader that stays away for longer misses what happened meanwhile. */
    @WithDefault("7d")
    @DurationMin(hours = 1)
    @DurationMax(days = 90)
    Duration keep();

    /** Whether other services may read the outbox over HTTP; decided when a service is built. */
    @WithDefault("true")
    boolean serve();
}
