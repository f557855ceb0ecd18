package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The current stage and what was counted in it.
 *
 * @param number from 0
 * @param weight in basis points
 * @param keys distinct keys of the candidate's counted calls
 */
@RegisterForReflection
public record StageCounts(int number, StageKind kind, int weight, long keys, Sides counts) {

    static StageCounts of(GuardedStage stage) {
        return new StageCounts(stage.number(), stage.kind(), stage.weight(), 0, Sides.NONE);
    }

    StageCounts plus(TickCounts tick) {
        if (tick.stage() != number || tick.kind() != kind || tick.weight() != weight) {
            throw new IllegalArgumentException(
                    "a tick of stage %d cannot be added in stage %d"
                            .formatted(tick.stage(), number));
        }
        return new StageCounts(
                number, kind, weight, keys + tick.candidate().keys(), counts.plus(tick));
    }

    /** The candidate's counted calls. */
    long samples() {
        return counts.candidate().requests();
    }

    boolean live() {
        return kind == StageKind.LIVE;
    }

    /** Whether there is no baseline left to compare with. */
    boolean takesAll() {
        return live() && weight == TickCounts.WHOLE;
    }

    double share() {
        return (double) weight / TickCounts.WHOLE;
    }
}
