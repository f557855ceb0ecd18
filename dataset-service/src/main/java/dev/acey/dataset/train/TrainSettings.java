package dev.acey.dataset.train;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How trainings are followed. */
@ConfigMapping(prefix = "acey.training")
interface TrainSettings {

    /** How soon a provider is asked again; it doubles up to sixteen times as long. */
    @WithDefault("5s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration poll();

    /**
     * How long a submission without an answer is left alone before it is looked for: a request that
     * was on its way must have arrived by then.
     */
    @WithDefault("10s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration settle();
}
