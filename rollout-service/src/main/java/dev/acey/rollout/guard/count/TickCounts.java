package dev.acey.rollout.guard.count;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;

/**
 * What one tick of start time comes to: all the guard sees, and what evidence keeps.
 *
 * @param start of the tick, included
 * @param stage of the rollout, from 0
 * @param weight the stage's share in basis points, 1 to 10,000: of the keys where it is live, of
 *     the baseline's calls where it is shadow
 * @param excluded calls that came too late for their tick or belong to another stage; they count
 *     nowhere
 */
@RegisterForReflection
public record TickCounts(
        Instant start,
        int stage,
        StageKind kind,
        int weight,
        ArmCounts baseline,
        ArmCounts candidate,
        int excluded) {

    /** All keys, in basis points. */
    public static final int WHOLE = 10_000;

    public TickCounts {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(candidate, "candidate");
        if (stage < 0) {
            throw new IllegalArgumentException("stage must be 0 or more: " + stage);
        }
        if (weight < 1 || weight > WHOLE) {
            throw new IllegalArgumentException("weight must be 1 to 10000: " + weight);
        }
        if (excluded < 0) {
            throw new IllegalArgumentException("excluded must be 0 or more: " + excluded);
        }
    }
}
