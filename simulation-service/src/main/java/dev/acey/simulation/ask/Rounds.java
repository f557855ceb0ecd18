package dev.acey.simulation.ask;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How the rounds of one run go; used by several threads. */
final class Rounds {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration pause;
    private final AtomicInteger refusals = new AtomicInteger();
    private Duration next = Duration.ZERO;
    private volatile boolean left;
    private volatile boolean stopped;
    private volatile String spent;
    private volatile long pausedUntil = System.nanoTime();

    Rounds(Duration pause) {
        this.pause = pause;
    }

    /** Begins a round: how long to wait before. Each wait is twice as long as the one before. */
    Duration begin() {
        left = false;
        Duration wait = next;
        next = wait.isZero() ? pause : wait.multipliedBy(2);
        next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
        return wait;
    }

    /** A case stays without an answer in this round. */
    void leave() {
        left = true;
    }

    /** Whether cases stayed without an answer. */
    boolean left() {
        return left;
    }

    /** A budget ends. */
    void spend(String what) {
        spent = what;
    }

    /** Something failed: no more calls are begun. */
    void stop() {
        stopped = true;
    }

    /** Whether no more calls are to be begun. */
    boolean over() {
        return stopped || spent != null;
    }

    /** The budget that ended; null while none did. */
    String spent() {
        return spent;
    }

    /**
     * A call could not be made: none is for a while.
     *
     * @param wait null where nobody said how long
     */
    void refuse(Duration wait) {
        long now = System.nanoTime();
        if (pausedUntil - now <= 0) {
            refusals.incrementAndGet();
        }
        pausedUntil = now + (wait == null ? pause : wait).toNanos();
    }

    /** Pauses in a row because calls could not be made. */
    int refusals() {
        return refusals.get();
    }

    /** A model answered or failed: calls are made again. */
    void heard() {
        refusals.set(0);
    }

    /** How long to wait before the next call. */
    Duration pause() {
        long rest = pausedUntil - System.nanoTime();
        return rest <= 0 ? Duration.ZERO : Duration.ofNanos(rest);
    }
}
