package dev.acey.bench.guard;

import java.util.SplittableRandom;

/**
 * The check that Argo Rollouts' analysis and Flagger do: the mean of the last window against a
 * threshold; more than so many failures roll back. Four windows a stage, of 60 calls of the
 * candidate each.
 */
final class FixedThreshold {

    private static final int STAGES = 5;
    private static final int WINDOWS = 4;
    private static final int WINDOW = 60;
    private static final double THRESHOLD = 0.05;
    private static final int FAILURE_LIMIT = 3;

    private FixedThreshold() {}

    /** The candidate's calls until it was rolled back; 0 where it was promoted. */
    static int callsUntilRollBack(Traffic.Weather weather, SplittableRandom random) {
        int failures = 0;
        int calls = 0;
        for (int stage = 0; stage < STAGES; stage++) {
            for (int window = 0; window < WINDOWS; window++) {
                double rate = weather.candidate(stage, stage * WINDOWS + window).error();
                int errors = 0;
                for (int i = 0; i < WINDOW; i++) {
                    errors += random.nextDouble() < rate ? 1 : 0;
                }
                calls += WINDOW;
                failures += errors > THRESHOLD * WINDOW ? 1 : 0;
                if (failures > FAILURE_LIMIT) {
                    return calls;
                }
            }
        }
        return 0;
    }
}
