package dev.acey.launcher;

import java.time.Duration;

/**
 * How long to wait before a part is started again: 1 s, doubling to 30 s, reset by a good minute.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration GOOD_RUN = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** The pause after a run that lived this long. */
    Duration after(Duration lived) {
        Duration pause = lived.compareTo(GOOD_RUN) >= 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
