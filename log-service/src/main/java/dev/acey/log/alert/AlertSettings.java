package dev.acey.log.alert;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How figures are watched. */
@ConfigMapping(prefix = "acey.log.alerts")
public interface AlertSettings {

    /** How often one of the replicas looks; an alert takes two looks to fire. */
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration every();
}
