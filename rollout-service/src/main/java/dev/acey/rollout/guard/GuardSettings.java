package dev.acey.rollout.guard;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/**
 * What a rollout's guard decides by. Evidence is an e-value: its expectation is at most 1 where
 * there is nothing to find, so that it ever reaches x with a probability of at most 1/x, however
 * often one looks (Ville's inequality).
 *
 * @param rollBackEvidence the mean of the metrics' evidence of harm that rolls back; a mean of
 *     e-values is one under any dependence (Vovk and Wang, arXiv 1912.06116). 25, a false alarm in
 *     at most 4 % of rollouts
 * @param limitEvidence the mean of the evidence against the absolute limits that rolls back. 100
 * @param calmEvidence a stage is left only while the mean evidence of harm is below this. 3:
 *     minimum samples alone promoted a candidate at 3 % errors in most simulated rollouts
 * @param promotionEvidence the evidence, for each gated metric, that its harm stays below the
 *     tolerance, without which no candidate gets all traffic. 20; all must have it, so there is
 *     nothing to correct for their number (intersection–union)
 * @param sampleRatioEvidence the Bayes factor against the configured split that pauses. 1000
 * @param minKeys distinct keys of the candidate's calls in a stage before it can be left. 30
 * @param accuracyGated whether promotion needs certainty about accuracy, see {@link
 *     History#carriesAccuracy}; if not, it is reported as not checked
 */
@RegisterForReflection
public record GuardSettings(
        Tolerances tolerances,
        Limits limits,
        double rollBackEvidence,
        double limitEvidence,
        double calmEvidence,
        double promotionEvidence,
        double sampleRatioEvidence,
        int minKeys,
        boolean accuracyGated) {

    /**
     * Harm is what exceeds this share of the tolerance. With 0, a candidate half a point worse is
     * rolled back in 9 to 18 % of simulated rollouts, with a quarter in 0.7 %.
     */
    static final double HARM_MARGIN = 0.25;

    private static final double MOST_EVIDENCE = 1e9;

    public GuardSettings {
        Objects.requireNonNull(tolerances, "tolerances");
        Objects.requireNonNull(limits, "limits");
        evidence("rollBackEvidence", rollBackEvidence);
        evidence("limitEvidence", limitEvidence);
        evidence("calmEvidence", calmEvidence);
        evidence("promotionEvidence", promotionEvidence);
        evidence("sampleRatioEvidence", sampleRatioEvidence);
        if (minKeys < 1 || minKeys > 1_000_000) {
            throw new IllegalArgumentException("minKeys must be 1 to 1000000: " + minKeys);
        }
    }

    /** The defaults with a task's own tolerances and limits. */
    public static GuardSettings of(Tolerances tolerances, Limits limits, boolean accuracyGated) {
        return new GuardSettings(tolerances, limits, 25, 100, 3, 20, 1000, 30, accuracyGated);
    }

    private static void evidence(String name, double value) {
        if (!(value > 1 && value <= MOST_EVIDENCE)) {
            throw new IllegalArgumentException(
                    "%s must be more than 1 and at most 1e9: %s".formatted(name, value));
        }
    }
}
