package dev.acey.rollout.guard.count;

import java.util.Map;

/**
 * A tick and what it changes.
 *
 * @param keys the new counts of the keys seen in this tick, to be kept and handed in with the next
 *     tick that has calls of theirs
 */
public record ReducedTick(TickCounts counts, Map<CountedKey, KeyCount> keys) {

    public ReducedTick {
        keys = Map.copyOf(keys);
    }
}
