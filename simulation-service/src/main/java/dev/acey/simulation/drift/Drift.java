package dev.acey.simulation.drift;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the test of a model's voice says.
 *
 * @param score effect size H: the share of the mean distance between the two models' outputs that
 *     the models themselves explain, unbiased, so that it can be below 0; null when untested
 * @param pValue of the permutation test, in (0, 1]; null when there was too little to test
 * @param drifted whether the voice differs (the p-value) and it matters (the score or a shift);
 *     null when untested, or when nothing was found with too few outputs to have found it
 * @param method what was done, over how many prompts
 * @param features the features that tell most, by their contribution
 */
@RegisterForReflection
public record Drift(
        Double score, Double pValue, Boolean drifted, String method, List<DriftFeature> features) {

    /** A difference is certain enough at this p-value. */
    public static final double ALPHA = 0.01;

    /** The least H that matters by itself; a judgement. */
    public static final double SCORE_THAT_MATTERS = 0.02;

    /** The least shift of one feature that matters, in standard deviations; a judgement. */
    public static final double SHIFT_THAT_MATTERS = 0.5;

    /**
     * One feature of both models.
     *
     * @param baseline mean over the baseline's outputs, in the feature's own unit
     * @param candidate mean over the candidate's
     * @param shift how far the mean moved, in standard deviations of the baseline's outputs, each
     *     output clipped at four
     * @param contribution its share of the squared shifts of all features, 0 to 1
     */
    @RegisterForReflection
    public record DriftFeature(
            String name, double baseline, double candidate, double shift, double contribution) {}

    static Drift untested(String method) {
        return new Drift(null, null, null, method, List.of());
    }

    /** The largest shift of any feature, in standard deviations; 0 without features. */
    public double largestShift() {
        return features.stream().mapToDouble(f -> Math.abs(f.shift())).max().orElse(0);
    }
}
