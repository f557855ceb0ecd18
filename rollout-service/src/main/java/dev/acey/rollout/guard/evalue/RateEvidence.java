package dev.acey.rollout.guard.evalue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence about a share over a rollout's blocks: that the candidate's is too high, and that it is
 * not. Each block's factor has an expectation of at most 1 given the block's counts of calls, so
 * the weight may change from block to block, and with it the baseline's rate.
 *
 * @param baseline the baseline's calls in the blocks so far
 * @param baselineEvents those of them that count against it
 * @param harm ln of the evidence for each of {@link #HARM_FACTORS}
 * @param noHarm ln of the evidence for each of {@link #NO_HARM_WEIGHTS}
 * @param bets ln of the stake for each of {@link MeanEvidence#STAKES}
 */
@RegisterForReflection
public record RateEvidence(
        long baseline,
        long baselineEvents,
        List<Double> harm,
        List<Double> noHarm,
        List<Double> bets) {

    /** How many times the tolerated odds ratio a harmful candidate's might be. */
    static final double[] HARM_FACTORS = {1.25, 1.5, 2, 3, 4, 6, 10, 20, 40};

    /** Odds ratios of candidates without harm; the last stands for ψ1 to the power of a third. */
    static final double[] NO_HARM_RATIOS = {0.5, 0.75, 1, Double.NaN};

    static final double[] NO_HARM_WEIGHTS = {0.1, 0.2, 0.5, 0.2};

    /** Of nothing. */
    public static final RateEvidence NONE =
            new RateEvidence(
                    0,
                    0,
                    Collections.nCopies(HARM_FACTORS.length, 0.0),
                    Collections.nCopies(NO_HARM_RATIOS.length, 0.0),
                    Collections.nCopies(MeanEvidence.STAKES.length, 0.0));

    public RateEvidence {
        harm = List.copyOf(harm);
        noHarm = List.copyOf(noHarm);
        bets = List.copyOf(bets);
    }

    /**
     * The evidence with one more block.
     *
     * @param expected the share to expect of the baseline, over 0 and under 1, from what came
     *     before the block only
     * @param margin by how much more a candidate's share may differ before it counts as harm
     * @param tolerance what promotion must be sure the difference stays below
     * @param live whether the block also counts for the candidate
     */
    public RateEvidence plus(
            RateBlock block, double expected, double margin, double tolerance, boolean live) {
        OddsRatio odds = new OddsRatio(block);
        return new RateEvidence(
                baseline + block.baseline(),
                baselineEvents + block.baselineEvents(),
                odds.saysNothing() ? harm : harm(odds, lnRatio(expected, margin)),
                odds.saysNothing() || !live ? noHarm : noHarm(odds, lnRatio(expected, tolerance)),
                live ? bets(new Pairs(block), tolerance) : bets);
    }

    /** ln of the evidence that the candidate is worse than the margin. */
    public double lnHarm() {
        return LogMath.lnMean(harm);
    }

    /** ln of the evidence that the candidate is not worse than the tolerance. */
    public double lnNoHarm() {
        double[] ratios = noHarm.stream().mapToDouble(Double::doubleValue).toArray();
        return LogMath.lnMean(
                List.of(LogMath.lnSum(ratios, NO_HARM_WEIGHTS), LogMath.lnMean(bets)));
    }

    private List<Double> harm(OddsRatio odds, double lnMargin) {
        double lnNull = odds.lnProbability(lnMargin);
        List<Double> next = new ArrayList<>(harm.size());
        for (int i = 0; i < HARM_FACTORS.length; i++) {
            double lnPsi = lnMargin + StrictMath.log(HARM_FACTORS[i]);
            next.add(harm.get(i) + odds.lnProbability(lnPsi) - lnNull);
        }
        return next;
    }

    private List<Double> noHarm(OddsRatio odds, double lnTolerance) {
        double lnNull = odds.lnProbability(lnTolerance);
        List<Double> next = new ArrayList<>(noHarm.size());
        for (int i = 0; i < NO_HARM_RATIOS.length; i++) {
            double lnPsi =
                    i == NO_HARM_RATIOS.length - 1
                            ? lnTolerance / 3
                            : StrictMath.log(NO_HARM_RATIOS[i]);
            next.add(noHarm.get(i) + odds.lnProbability(lnPsi) - lnNull);
        }
        return next;
    }

    private List<Double> bets(Pairs pairs, double tolerance) {
        List<Double> next = new ArrayList<>(bets.size());
        for (int i = 0; i < MeanEvidence.STAKES.length; i++) {
            next.add(bets.get(i) + pairs.lnNoHarm(MeanEvidence.STAKES[i], tolerance));
        }
        return next;
    }

    /**
     * ln of the odds ratio that a difference makes at a share. Where the share is so high that the
     * difference would take it past 1, half of the way to 1 stands for it.
     */
    static double lnRatio(double share, double difference) {
        double other = Math.min(share + difference, (1 + share) / 2);
        return StrictMath.log(other / (1 - other)) - StrictMath.log(share / (1 - share));
    }
}
