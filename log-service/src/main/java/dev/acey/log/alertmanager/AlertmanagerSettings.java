package dev.acey.log.alertmanager;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where Alertmanager is. */
@ConfigMapping(prefix = "acey.alertmanager")
public interface AlertmanagerSettings {

    /**
     * Its base, such as {@code http://alertmanager:9093}, with a path where it has a prefix; alerts
     * go to {@code /api/v2/alerts} below it. Nothing is sent without one.
     */
    Optional<URI> url();

    /**
     * How often it is told again what still fires. It takes an alert for resolved that it has not
     * heard of for four times as long.
     */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration repeat();
}
