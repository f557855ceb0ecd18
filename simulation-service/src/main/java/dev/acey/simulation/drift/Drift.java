package dev.acey.simulation.drift;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

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

    /** With fewer outputs nothing is tested. */
    public static final int TOO_LITTLE = 40;

    /** With fewer outputs, that nothing was found says nothing. */
    public static final int ENOUGH = 60;

    /** Outputs of each side that are tested at most: work and memory grow with their square. */
    public static final int MOST_OUTPUTS = 1_000;

    static final int PERMUTATIONS = 999;

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
     * @param examples outputs that show it best; none below the first five features
     */
    @RegisterForReflection
    public record DriftFeature(
            String name,
            double baseline,
            double candidate,
            double shift,
            double contribution,
            List<Example> examples) {

        /** Results stored before there were examples have none. */
        public DriftFeature {
            examples = examples == null ? List.of() : examples;
        }
    }

    /**
     * Where one can see a feature's shift. It names the output and holds nothing of it, so that
     * nothing of a person stays here when their calls are erased.
     *
     * @param side {@code both}: the two answers to one prompt; {@code candidate}; or {@code
     *     reference}
     * @param position of the case in the simulation; null for an output of a reference
     * @param logId null where the entry had none
     */
    @RegisterForReflection
    public record Example(String side, Integer position, UUID logId) {}

    static Drift untested(String method) {
        return new Drift(null, null, null, method, List.of());
    }

    /**
     * What a test says.
     *
     * @param fewest outputs on the smaller side
     */
    static Drift tested(EnergyTest test, int fewest, String method, List<DriftFeature> features) {
        Drift found = new Drift(test.effect(), test.pValue(), true, method, features);
        boolean matters =
                test.effect() >= SCORE_THAT_MATTERS || found.largestShift() >= SHIFT_THAT_MATTERS;
        if (test.pValue() <= ALPHA && matters) {
            return found;
        }
        Boolean ruledOut = fewest < ENOUGH ? null : Boolean.FALSE;
        return new Drift(test.effect(), test.pValue(), ruledOut, method, features);
    }

    /** The largest shift of any feature, in standard deviations; 0 without features. */
    public double largestShift() {
        return features.stream().mapToDouble(f -> Math.abs(f.shift())).max().orElse(0);
    }
}
