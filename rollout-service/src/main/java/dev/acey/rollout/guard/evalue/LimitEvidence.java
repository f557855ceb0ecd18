package dev.acey.rollout.guard.evalue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence that the candidate's share is over an absolute limit, whatever its baseline does: a
 * mixture of likelihood ratios against the limit. Half of the stake is kept for the stages after
 * the first, so that what was good for long and turns bad is found as well; where nothing is over
 * the limit the expectation stays at most 1.
 *
 * @param begun how many stages after the first have begun
 * @param stakes ln of the stake for each of {@link #FACTORS}
 */
@RegisterForReflection
public record LimitEvidence(int begun, List<Double> stakes) {

    /** How many times the limit's odds the candidate's might be. */
    static final double[] FACTORS = {1.25, 1.5, 2, 3, 5, 10, 20};

    private static final double AT_FIRST = 0.5;

    /** Of nothing, in the first stage. */
    public static final LimitEvidence NONE =
            new LimitEvidence(0, Collections.nCopies(FACTORS.length, StrictMath.log(AT_FIRST)));

    public LimitEvidence {
        stakes = List.copyOf(stakes);
    }

    /**
     * The evidence with so many more of the candidate's calls.
     *
     * @param limit over 0 and under 1
     */
    public LimitEvidence plus(long calls, long events, double limit) {
        if (calls == 0) {
            return this;
        }
        List<Double> next = new ArrayList<>(FACTORS.length);
        for (int i = 0; i < FACTORS.length; i++) {
            double odds = limit / (1 - limit) * FACTORS[i];
            double share = odds / (1 + odds);
            next.add(
                    stakes.get(i)
                            + events * StrictMath.log(share / limit)
                            + (calls - events) * StrictMath.log((1 - share) / (1 - limit)));
        }
        return new LimitEvidence(begun, next);
    }

    /** The evidence as it goes into another stage: the k-th adds 1/(k(k+1)) of what was kept. */
    public LimitEvidence nextStage() {
        int k = begun + 1;
        double lnAdded = StrictMath.log((1 - AT_FIRST) / ((double) k * (k + 1)));
        double[] ones = {1, 1};
        return new LimitEvidence(
                k,
                stakes.stream()
                        .map(stake -> LogMath.lnSum(new double[] {stake, lnAdded}, ones))
                        .toList());
    }

    /** ln of the evidence. */
    public double lnEvidence() {
        double kept = (1 - AT_FIRST) / (begun + 1);
        return LogMath.lnSum(
                new double[] {StrictMath.log(kept), LogMath.lnMean(stakes)}, new double[] {1, 1});
    }
}
