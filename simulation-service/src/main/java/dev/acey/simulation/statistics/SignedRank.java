package dev.acey.simulation.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed-rank test of paired differences, with the Hodges–Lehmann estimate.
 *
 * @param difference the pseudo-median of the differences: the median of the means of all pairs of
 *     them, each with itself too
 * @param interval of the pseudo-median, from the same ranks (normal approximation with continuity
 *     correction)
 * @param effectSize the matched-pairs rank-biserial correlation (Kerby 2014), within -1 and 1: the
 *     share of the ranks that speaks for a rise less the share that speaks for a drop; 0 where all
 *     differences are 0
 * @param pValue two-sided; 1 where all differences are 0
 * @param pairs how many differences
 */
public record SignedRank(
        double difference, Interval interval, double effectSize, double pValue, int pairs) {

    /** The work grows with the square of the differences; so many are taken. */
    public static final int MOST_PAIRS = 1_000;

    /** With fewer differences no interval reaches the level. */
    public static final int FEWEST_PAIRS = 6;

    /**
     * Tests differences, the candidate's value less the baseline's.
     *
     * @param differences {@link #FEWEST_PAIRS} to {@link #MOST_PAIRS} finite numbers
     */
    public static SignedRank of(double[] differences) {
        int n = differences.length;
        if (n < FEWEST_PAIRS || n > MOST_PAIRS) {
            throw new IllegalArgumentException(
                    FEWEST_PAIRS + " to " + MOST_PAIRS + " differences, not " + n);
        }
        double[] means = new double[n * (n + 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                means[next++] = (differences[i] + differences[j]) / 2;
            }
        }
        Arrays.sort(means);
        double ranks = n * (n + 1.0);
        double deviation = Math.sqrt(ranks * (2.0 * n + 1) / 24);
        int cut = (int) Math.max(0, Math.floor(ranks / 4 - Level.Z * deviation - 0.5));
        boolean allZero = Arrays.stream(differences).allMatch(d -> d == 0);
        return new SignedRank(
                (means[(means.length - 1) / 2] + means[means.length / 2]) / 2,
                new Interval(means[cut], means[means.length - 1 - cut]),
                allZero ? 0 : rankBiserial(differences),
                allZero ? 1 : WilcoxonSignedRankTest.withDefaults().test(differences).getPValue(),
                n);
    }

    private static double rankBiserial(double[] differences) {
        WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults();
        double rises = test.statistic(differences);
        double drops = test.statistic(Arrays.stream(differences).map(d -> 0 - d).toArray());
        return (rises - drops) / (rises + drops);
    }
}
