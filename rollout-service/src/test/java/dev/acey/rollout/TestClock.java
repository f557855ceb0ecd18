package dev.acey.rollout;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of all tests: the system's, which a test may stop and set ahead. */
@Alternative
@Priority(1)
@Singleton
public class TestClock extends Clock {

    private final AtomicReference<Clock> base = new AtomicReference<>(Clock.systemUTC());
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public void setAhead(Duration by) {
        ahead.set(by);
    }

    /** Time stands still, but for {@link #setAhead}. Where it does, in whole milliseconds. */
    public Instant stop() {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        base.set(Clock.fixed(now, ZoneOffset.UTC));
        return now;
    }

    public void goOn() {
        base.set(Clock.systemUTC());
    }

    @Override
    public Instant instant() {
        return base.get().instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.get().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return base.get().withZone(zone);
    }
}
