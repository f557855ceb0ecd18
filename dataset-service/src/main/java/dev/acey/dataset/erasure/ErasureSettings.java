package dev.acey.dataset.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How a person is erased. */
@ConfigMapping(prefix = "acey.erasure")
interface ErasureSettings {

    /**
     * How long after the first round the second follows, which finds what was on its way between
     * two services, or still being said, while the first went on.
     */
    @WithDefault("15s")
    @DurationMin(millis = 0)
    @DurationMax(hours = 1)
    Duration settle();

    /** How soon a service that is away, or still at work, is asked again. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration again();
}
