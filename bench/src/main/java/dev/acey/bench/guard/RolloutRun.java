package dev.acey.bench.guard;

import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardVerdict;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One rollout from its first live stage to its end, decided by the guard at every tick. */
final class RolloutRun {

    private static final int[] WEIGHTS = {100, 500, 1_000, 2_500, 5_000};

    /** Traffic a second is anyone's guess, so stages have no least time here. */
    static final List<GuardedStage> PLAN = plan(6_000);

    private RolloutRun() {}

    /** How it ended. */
    enum End {
        PROMOTED,
        ROLLED_BACK,
        PAUSED_BY_SPLIT,
        PAUSED_BY_LIMIT,
        UNFINISHED
    }

    /**
     * @param candidateCalls all calls the candidate got
     * @param lateCalls those of them in the last stage
     */
    record Outcome(End end, long calls, long candidateCalls, long lateCalls) {}

    /** The five live stages; each ends for want of certainty after so many seconds. */
    static List<GuardedStage> plan(long maxSeconds) {
        List<GuardedStage> plan = new ArrayList<>();
        for (int i = 0; i < WEIGHTS.length; i++) {
            plan.add(
                    new GuardedStage(
                            i,
                            StageKind.LIVE,
                            WEIGHTS[i],
                            GuardedStage.MIN_SAMPLES,
                            0,
                            // At 1 % a stage takes a hundred times as many calls as at 100 %.
                            i == 0 ? 10 * maxSeconds : maxSeconds,
                            i == WEIGHTS.length - 1));
        }
        return plan;
    }

    static Outcome run(Guard guard, List<GuardedStage> plan, Traffic traffic) {
        GuardState state = guard.start(plan.get(0));
        long calls = 0;
        long candidateCalls = 0;
        long lateCalls = 0;
        int stage = 0;
        int entered = 0;
        for (int tick = 1; ; tick++) {
            GuardedStage current = plan.get(stage);
            TickCounts counts = traffic.next(current, tick);
            int candidate = counts.candidate().requests() + counts.candidate().uncounted();
            calls += candidate + counts.baseline().requests() + counts.baseline().uncounted();
            candidateCalls += candidate;
            lateCalls += stage == plan.size() - 1 ? candidate : 0;
            state = guard.add(state, counts);
            GuardVerdict verdict =
                    guard.verdict(state, current, Duration.ofSeconds(10L * (tick - entered)));
            switch (verdict.verdict()) {
                case ROLL_BACK -> {
                    return new Outcome(End.ROLLED_BACK, calls, candidateCalls, lateCalls);
                }
                case PAUSE -> {
                    return new Outcome(paused(verdict), calls, candidateCalls, lateCalls);
                }
                case ADVANCE -> {
                    stage++;
                    if (stage == plan.size()) {
                        return new Outcome(End.PROMOTED, calls, candidateCalls, lateCalls);
                    }
                    entered = tick;
                    state = guard.enter(state, plan.get(stage));
                }
                case HOLD -> {
                    // the next tick may tell
                }
            }
        }
    }

    private static End paused(GuardVerdict verdict) {
        if (verdict.lnLimits() >= Math.log(100)) {
            return End.PAUSED_BY_LIMIT;
        }
        return verdict.lnSampleRatio() >= Math.log(1_000) ? End.PAUSED_BY_SPLIT : End.UNFINISHED;
    }
}
