package dev.acey.bench.guard;

import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardSettings;
import dev.acey.rollout.guard.History;
import dev.acey.rollout.guard.Limits;
import dev.acey.rollout.guard.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A kind of rollout, simulated many times.
 *
 * @param weather the error rates the fixed threshold sees; null where it has nothing to compare
 * @param late whether only the candidate's calls of the last stage count until the roll-back
 */
record Cell(
        String name,
        boolean accuracyGated,
        boolean late,
        Traffic.Weather weather,
        Function<SplittableRandom, Traffic> traffic) {

    /** Enough calls to know the baseline, as many as of two days at one in ten seconds. */
    private static final long HISTORY = 20_000;

    private static final int FIXED_RUNS = 20_000;

    static Cell of(String name, Traffic.Weather weather) {
        return new Cell(
                name, false, false, weather, random -> new SingleCalls(weather, 0, 1, random));
    }

    static Cell withFeedback(String name, double share, Traffic.Weather weather) {
        return new Cell(
                name, true, false, null, random -> new SingleCalls(weather, share, 1, random));
    }

    /** Simulates the cell; the same seed gives the same result. */
    Result simulate(int runs, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed ^ name.hashCode());
        Guard guard =
                new Guard(
                        GuardSettings.of(Tolerances.DEFAULT, Limits.DEFAULT, accuracyGated),
                        history());
        List<RolloutRun.Outcome> outcomes = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            outcomes.add(RolloutRun.run(guard, RolloutRun.PLAN, traffic.apply(seeds.split())));
        }
        return Result.of(name, outcomes, late, fixed(seeds));
    }

    private List<Integer> fixed(SplittableRandom seeds) {
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < FIXED_RUNS && weather != null; i++) {
            calls.add(FixedThreshold.callsUntilRollBack(weather, seeds));
        }
        return calls;
    }

    private static History history() {
        Rates usual = Rates.USUAL;
        return new History(
                172_800,
                HISTORY,
                Math.round(HISTORY * usual.error()),
                Math.round(HISTORY * usual.rejection()),
                Math.round(HISTORY * usual.slow()),
                HISTORY,
                HISTORY / 50,
                Math.round(HISTORY / 50.0 * usual.inaccuracy()));
    }
}
