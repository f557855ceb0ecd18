package dev.acey.rollout.guard.evalue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Whether keys split as configured: the Bayes factor of a beta-binomial around the weight against
 * the weight itself, which is valid at any time (Lindon and Malek, arXiv 2011.03567). Each key
 * counts once, where it first appears: calls of one key always go the same way.
 *
 * @param lnEarlier ln of the stages before this one
 * @param baseline keys of this stage that first appeared at the baseline
 * @param candidate keys of this stage that first appeared at the candidate
 */
@RegisterForReflection
public record SampleRatio(double lnEarlier, long baseline, long candidate) {

    public static final SampleRatio NONE = new SampleRatio(0, 0, 0);

    /** The prior is as strong as this many keys. */
    private static final double PRIOR_KEYS = 100;

    public SampleRatio plus(long baselineKeys, long candidateKeys) {
        return new SampleRatio(lnEarlier, baseline + baselineKeys, candidate + candidateKeys);
    }

    /** The evidence as it goes into another stage, out of one with this share. */
    public SampleRatio nextStage(double share) {
        return new SampleRatio(ln(share), 0, 0);
    }

    /**
     * ln of the evidence that keys do not split as configured.
     *
     * @param share of the candidate in this stage; at 1 there is nothing to split
     */
    public double ln(double share) {
        if (share >= 1) {
            return lnEarlier;
        }
        double a = PRIOR_KEYS * share;
        double b = PRIOR_KEYS * (1 - share);
        return lnEarlier
                + LogMath.lnBeta(a + candidate, b + baseline)
                - LogMath.lnBeta(a, b)
                - candidate * StrictMath.log(share)
                - baseline * StrictMath.log1p(-share);
    }
}
