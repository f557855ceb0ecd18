package dev.acey.gateway.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of which a test cares about one. */
public record TestSettings(
        int max,
        Optional<Boolean> allowPrivate,
        int concurrency,
        Duration timeout,
        Duration poll,
        List<Duration> retries)
        implements WebhookSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);

    public static TestSettings allowing(Boolean isPrivate) {
        return new TestSettings(
                1, Optional.ofNullable(isPrivate), 1, SECOND, SECOND, List.of(SECOND));
    }

    public static TestSettings patientFor(Duration timeout) {
        return new TestSettings(1, Optional.empty(), 1, timeout, SECOND, List.of(SECOND));
    }
}
