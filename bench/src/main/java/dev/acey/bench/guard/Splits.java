package dev.acey.bench.guard;

import dev.acey.rollout.guard.evalue.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The check of the sample ratio alone, looked at after every 60 new keys. */
final class Splits {

    private static final int KEYS = 60;
    private static final int TICKS = 500;
    private static final double ALARM = Math.log(1_000);
    private static final double[] WEIGHTS = {0.01, 0.05, 0.1, 0.25, 0.5};

    private Splits() {}

    /** False alarms over five stages of 30,000 keys, and keys until a wrong split is noticed. */
    static String figures(int runs, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        int alarms = 0;
        for (int i = 0; i < runs; i++) {
            alarms += staysQuiet(seeds.split()) ? 0 : 1;
        }
        return String.format(
                Locale.ROOT,
                "%d of %d rollouts, %.2f %%; keys until noticed, median: 5 instead of 7.5 %% %d,"
                        + " 50 instead of 55 %% %d",
                alarms,
                runs,
                100.0 * alarms / runs,
                keysUntilNoticed(0.05, 0.075, runs, seeds),
                keysUntilNoticed(0.5, 0.55, runs, seeds));
    }

    private static boolean staysQuiet(SplittableRandom random) {
        SampleRatio ratio = SampleRatio.NONE;
        for (double weight : WEIGHTS) {
            for (int tick = 0; tick < TICKS; tick++) {
                ratio = plus(ratio, weight, random);
                if (ratio.ln(weight) >= ALARM) {
                    return false;
                }
            }
            ratio = ratio.nextStage(weight);
        }
        return true;
    }

    private static long keysUntilNoticed(
            double weight, double real, int runs, SplittableRandom seeds) {
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            SplittableRandom random = seeds.split();
            SampleRatio ratio = SampleRatio.NONE;
            while (ratio.ln(weight) < ALARM) {
                ratio = plus(ratio, real, random);
            }
            keys.add(ratio.baseline() + ratio.candidate());
        }
        return Result.quantile(keys.stream().mapToLong(Long::longValue).sorted().toArray(), 0.5);
    }

    private static SampleRatio plus(SampleRatio ratio, double share, SplittableRandom random) {
        int candidates = 0;
        for (int i = 0; i < KEYS; i++) {
            candidates += random.nextDouble() < share ? 1 : 0;
        }
        return ratio.plus(KEYS - candidates, candidates);
    }
}
