package dev.acey.simulation.drift;

import dev.acey.simulation.drift.Drift.DriftFeature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Collects what two models answered to the same prompts and tests whether their voices differ.
 * Bounded: of more prompts than {@link #MOST_PAIRS} it keeps a random sample, the same for the same
 * seed and order. English first: in other languages the function words are silent and the test
 * rests on the features of style.
 */
public final class StyleSample {

    /** Prompts that are tested at most. */
    public static final int MOST_PAIRS = 1_000;

    /** With fewer prompts nothing is tested. */
    public static final int TOO_LITTLE = 40;

    /** With fewer prompts, that nothing was found says nothing. */
    public static final int ENOUGH = 60;

    private static final int PERMUTATIONS = 999;
    private static final int FEATURES_SHOWN = 10;

    private final long seed;
    private final Random sampling;
    private final List<double[]> baseline = new ArrayList<>();
    private final List<double[]> candidate = new ArrayList<>();
    private int seen;

    public StyleSample(long seed) {
        this.seed = seed;
        this.sampling = new Random(seed);
    }

    /** Adds one prompt's two answers. Where neither says anything there is no voice to compare. */
    public void add(String baselineSpeech, String candidateSpeech) {
        if (baselineSpeech.isBlank() && candidateSpeech.isBlank()) {
            return;
        }
        seen++;
        if (baseline.size() < MOST_PAIRS) {
            baseline.add(Features.of(baselineSpeech));
            candidate.add(Features.of(candidateSpeech));
            return;
        }
        int place = sampling.nextInt(seen);
        if (place < MOST_PAIRS) {
            baseline.set(place, Features.of(baselineSpeech));
            candidate.set(place, Features.of(candidateSpeech));
        }
    }

    /** Prompts seen that can be compared, sampled or not. */
    public int seen() {
        return seen;
    }

    /**
     * Tests. Takes a second of CPU for a thousand prompts: not for an event loop.
     *
     * @param cancelled asked often
     * @throws CancellationException when cancelled
     */
    public Drift test(BooleanSupplier cancelled) {
        int n = baseline.size();
        if (n < TOO_LITTLE) {
            return Drift.untested(
                    "not tested: too little, "
                            + n
                            + " prompts answered by both, fewer than "
                            + TOO_LITTLE);
        }
        FeatureSpace space = FeatureSpace.of(baseline);
        double[][] x = space.place(baseline);
        double[][] y = space.place(candidate);
        PairedEnergyTest test = PairedEnergyTest.of(x, y, PERMUTATIONS, seed, cancelled);
        List<DriftFeature> features = features(space, x, y);
        boolean certain = test.pValue() <= Drift.ALPHA;
        boolean matters =
                test.effect() >= Drift.SCORE_THAT_MATTERS
                        || features.stream()
                                .anyMatch(f -> Math.abs(f.shift()) >= Drift.SHIFT_THAT_MATTERS);
        return new Drift(
                test.effect(),
                test.pValue(),
                drifted(certain && matters, n),
                method(n, space),
                List.copyOf(features.subList(0, FEATURES_SHOWN)));
    }

    private static Boolean drifted(boolean found, int n) {
        if (found) {
            return true;
        }
        return n < ENOUGH ? null : Boolean.FALSE;
    }

    private String method(int n, FeatureSpace space) {
        return "energy distance of "
                + space.axes().size()
                + " style and function-word features, output by output, over "
                + n
                + (seen > n ? " (sampled of " + seen + ")" : "")
                + " prompts answered by both; "
                + PERMUTATIONS
                + " permutations within prompts; score is the effect size H";
    }

    private List<DriftFeature> features(FeatureSpace space, double[][] x, double[][] y) {
        double squares = 0;
        double[] shifts = new double[space.axes().size()];
        for (int k = 0; k < shifts.length; k++) {
            for (int i = 0; i < x.length; i++) {
                shifts[k] += (y[i][k] - x[i][k]) / x.length;
            }
            squares += shifts[k] * shifts[k];
        }
        List<DriftFeature> all = new ArrayList<>();
        for (int k = 0; k < shifts.length; k++) {
            int feature = space.axes().get(k).feature();
            all.add(
                    new DriftFeature(
                            space.axes().get(k).name(),
                            FeatureSpace.mean(feature, baseline),
                            FeatureSpace.mean(feature, candidate),
                            shifts[k],
                            squares > 0 ? shifts[k] * shifts[k] / squares : 0));
        }
        all.sort(Comparator.comparingDouble(DriftFeature::contribution).reversed());
        return all;
    }
}
