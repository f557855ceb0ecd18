package dev.acey.rollout.guard.evalue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence about a mean over a rollout's blocks, by bets on the differences of matched groups
 * (Waudby-Smith and Ramdas, arXiv 2010.09686): that the candidate's has dropped, and that it has
 * not.
 *
 * @param harm ln of the stake for each of {@link #STAKES}
 * @param noHarm likewise
 */
@RegisterForReflection
public record MeanEvidence(List<Double> harm, List<Double> noHarm) {

    /** The shares of what is at hand that are staked on each difference. */
    static final double[] STAKES = {0.05, 0.1, 0.2, 0.4, 0.6, 0.9};

    /** Of nothing. */
    public static final MeanEvidence NONE =
            new MeanEvidence(
                    Collections.nCopies(STAKES.length, 0.0),
                    Collections.nCopies(STAKES.length, 0.0));

    public MeanEvidence {
        harm = List.copyOf(harm);
        noHarm = List.copyOf(noHarm);
    }

    /**
     * The evidence with one more block, both of whose arms have values. Each is split, in the order
     * the values came in, into as many groups as the smaller arm has values.
     *
     * @param whole what stands for 1 in the values
     * @param margin the drop that is not harm yet
     * @param tolerance the drop promotion must be sure the candidate stays below
     * @param live whether the block also counts for the candidate
     */
    public MeanEvidence plus(
            List<Integer> baseline,
            List<Integer> candidate,
            int whole,
            double margin,
            double tolerance,
            boolean live) {
        int groups = Math.min(baseline.size(), candidate.size());
        double[] drops = new double[groups];
        for (int i = 0; i < groups; i++) {
            drops[i] = (mean(baseline, i, groups) - mean(candidate, i, groups)) / whole;
        }
        List<Double> nextHarm = new ArrayList<>(STAKES.length);
        List<Double> nextNoHarm = new ArrayList<>(STAKES.length);
        for (int i = 0; i < STAKES.length; i++) {
            nextHarm.add(harm.get(i) + lnBets(drops, STAKES[i] / (1 + margin), -margin, 1));
            nextNoHarm.add(
                    live
                            ? noHarm.get(i)
                                    + lnBets(drops, STAKES[i] / (1 + tolerance), tolerance, -1)
                            : noHarm.get(i));
        }
        return new MeanEvidence(nextHarm, nextNoHarm);
    }

    /** ln of the evidence that the candidate's mean has dropped by more than the margin. */
    public double lnHarm() {
        return LogMath.lnMean(harm);
    }

    /** ln of the evidence that it has not dropped by more than the tolerance. */
    public double lnNoHarm() {
        return LogMath.lnMean(noHarm);
    }

    private static double lnBets(double[] drops, double unit, double shift, double sign) {
        double sum = 0;
        for (double drop : drops) {
            sum += StrictMath.log1p(unit * (sign * drop + shift));
        }
        return sum;
    }

    private static double mean(List<Integer> values, int group, int groups) {
        int from = Math.toIntExact((long) values.size() * group / groups);
        int to = Math.toIntExact((long) values.size() * (group + 1) / groups);
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += values.get(i);
        }
        return (double) sum / (to - from);
    }
}
