package dev.acey.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How patient the gateway is with a service. */
@ConfigMapping(prefix = "acey.proxy")
public interface ProxySettings {

    /** To connect to a service. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 60)
    Duration connectTimeout();

    /** From the last byte of a request to the head of its answer; long work answers within 30 s. */
    @WithDefault("60s")
    @DurationMin(millis = 40)
    @DurationMax(minutes = 10)
    Duration headTimeout();

    /** The same where a model answers, which has its own time-out of up to ten minutes. */
    @WithDefault("11m")
    @DurationMin(millis = 40)
    @DurationMax(hours = 1)
    Duration modelHeadTimeout();

    /** How long a connection may be silent in the middle of an answer. */
    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration idleTimeout();

    /** Connections to one service, event streams among them. */
    @WithDefault("1024")
    @Min(1)
    @Max(65_536)
    int connections();

    /** Of so many calls in a row half must fail before a service is left alone. */
    @WithDefault("10")
    @Min(2)
    @Max(10_000)
    int breakerCalls();

    /** How long a service is left alone before one call tries it again. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 5)
    Duration breakerDelay();
}
