package dev.acey.gateway.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How webhooks are called. */
@ConfigMapping(prefix = "acey.webhooks")
public interface WebhookSettings {

    /** Webhooks there can be at once. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000)
    int max();

    /**
     * Whether receivers may have loopback, link-local, private and other addresses that are not
     * public. Unless set: where the gateway itself listens on loopback only.
     */
    Optional<Boolean> allowPrivate();

    /** Deliveries that are under way at once on one replica, at most one of each webhook. */
    @WithDefault("8")
    @Min(1)
    @Max(64)
    int concurrency();

    /** How long one attempt may take, from the name's resolution to the end of the answer. */
    @WithDefault("15s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration timeout();

    /** How often a replica looks for deliveries that are due. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 60)
    Duration poll();

    /** The pauses between attempts; when all are used up the delivery is dead. */
    @WithDefault("5s,1m,5m,30m,2h,5h,10h")
    @Size(min = 1, max = 20)
    List<@DurationMin(millis = 1) @DurationMax(hours = 24) Duration> retries();
}
