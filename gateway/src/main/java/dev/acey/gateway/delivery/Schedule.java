package dev.acey.gateway.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a delivery that failed is tried again.
 *
 * @param pauses between attempts, the first after the first
 */
record Schedule(List<Duration> pauses) {

    /** What a receiver may ask for at most with {@code Retry-After}. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final double SPREAD = 0.2;

    /**
     * The pause after this attempt; empty where it was the last.
     *
     * @param attempt counts from 1
     * @param asked what the receiver asked for, zero if nothing; the pause is no shorter, up to
     *     {@link #LONGEST_ASKED}
     * @param chance in [0, 1): moves the pause by up to a fifth, so that what failed together does
     *     not come back together
     */
    Optional<Duration> after(int attempt, Duration asked, double chance) {
        if (attempt > pauses.size()) {
            return Optional.empty();
        }
        double factor = 1 - SPREAD + 2 * SPREAD * chance;
        Duration own = Duration.ofMillis(Math.round(pauses.get(attempt - 1).toMillis() * factor));
        Duration granted = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
        return Optional.of(own.compareTo(granted) < 0 ? granted : own);
    }
}
