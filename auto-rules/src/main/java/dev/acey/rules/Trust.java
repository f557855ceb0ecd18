package dev.acey.rules;

import java.time.Instant;
import java.util.List;

/**
 * How far a user is trusted.
 *
 * @param score from 0 to 1
 * @param deltas the changes of the last minute, oldest first
 */
public record Trust(double score, List<Delta> deltas) {
    /** A user nobody knows yet. */
    public static final Trust NEUTRAL = new Trust(0.5, List.of());

    private static final long WINDOW_MILLIS = 60_000;

    /**
     * One change of a score.
     *
     * @param at when, kept to the millisecond
     * @param delta by how much
     */
    public record Delta(Instant at, double delta) {
        public Delta {
            at = Times.toMillis(at);
        }
    }

    public Trust {
        deltas = List.copyOf(deltas);
    }

    /** The changes less than a minute old at this instant; a change in its future counts. */
    public List<Delta> lastMinute(Instant at) {
        if (deltas.stream().allMatch(delta -> isRecent(delta, at))) {
            return deltas;
        }
        return deltas.stream().filter(delta -> isRecent(delta, at)).toList();
    }

    private static boolean isRecent(Delta delta, Instant at) {
        return at.toEpochMilli() - delta.at().toEpochMilli() < WINDOW_MILLIS;
    }
}
