package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Stages and ticks for tests. */
public final class Ticks {

    public static final GuardedStage SHADOW = stage(0, StageKind.SHADOW, 1_000, false);
    public static final GuardedStage HALF = stage(1, StageKind.LIVE, 5_000, true);
    public static final GuardedStage ALL = stage(2, StageKind.LIVE, 10_000, true);

    private static final Instant START = Instant.parse("2026-01-15T04:05:10Z");

    private Ticks() {}

    static GuardedStage stage(int number, StageKind kind, int weight, boolean needsCertainty) {
        return new GuardedStage(number, kind, weight, 50, 600, 3_600, needsCertainty);
    }

    static TickCounts tick(GuardedStage stage, ArmCounts baseline, ArmCounts candidate) {
        return new TickCounts(
                START, stage.number(), stage.kind(), stage.weight(), baseline, candidate, 0);
    }

    /** Calls of as many keys, with confidences of 0.8. */
    static ArmCounts calls(int calls, int errors, int rejections, int slow) {
        return new ArmCounts(
                calls,
                errors,
                rejections,
                slow,
                Collections.nCopies(Math.min(calls, 100), 8_000),
                0,
                0,
                calls,
                calls,
                0);
    }

    static ArmCounts calls(int calls) {
        return calls(calls, 0, 0, 0);
    }

    static ArmCounts feedback(int feedbacks, int positives) {
        return new ArmCounts(0, 0, 0, 0, java.util.List.of(), feedbacks, positives, 0, 0, 0);
    }

    /** Any tick of a stage. */
    public static Arbitrary<TickCounts> any(GuardedStage stage) {
        return Combinators.combine(arm(), arm()).as((a, b) -> tick(stage, a, b));
    }

    private static Arbitrary<ArmCounts> arm() {
        return Combinators.combine(Arbitraries.integers().between(0, 60), Arbitraries.longs())
                .as(
                        (calls, seed) -> {
                            Random random = new Random(seed);
                            int confidences = random.nextInt(calls + 1);
                            int feedbacks = random.nextInt(20);
                            return new ArmCounts(
                                    calls,
                                    random.nextInt(calls + 1),
                                    random.nextInt(calls + 1),
                                    random.nextInt(calls + 1),
                                    random.ints(confidences, 0, 10_001).boxed().toList(),
                                    feedbacks,
                                    random.nextInt(feedbacks + 1),
                                    random.nextInt(calls + 1),
                                    random.nextInt(100),
                                    random.nextInt(100));
                        });
    }
}
