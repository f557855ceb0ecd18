package dev.acey.rollout.guard.evalue;

/**
 * Bets on the difference between a call of the candidate and one of the baseline (Waudby-Smith and
 * Ramdas, arXiv 2010.09686): the calls of the smaller arm each meet another one of the larger arm,
 * and each pair multiplies the stake. All ways to pair a block's calls are averaged over, so that
 * counts are enough, and a mean of e-values is one.
 */
final class Pairs {

    private final int pairs;
    private final int smallEvents;
    private final boolean candidateIsSmall;

    /** ln of the share of pairings with so many pairs [small arm, large arm] of events. */
    private final double[][] lnShare;

    Pairs(RateBlock block) {
        candidateIsSmall = block.candidate() <= block.baseline();
        long small = Math.min(block.candidate(), block.baseline());
        long large = Math.max(block.candidate(), block.baseline());
        pairs = Math.toIntExact(small);
        smallEvents =
                Math.toIntExact(
                        candidateIsSmall ? block.candidateEvents() : block.baselineEvents());
        long largeEvents = candidateIsSmall ? block.baselineEvents() : block.candidateEvents();
        int calm = pairs - smallEvents;
        long left = large - pairs;
        double lnAll = LogMath.lnChoose(large, largeEvents);
        lnShare = new double[smallEvents + 1][(int) Math.min(calm, largeEvents) + 1];
        for (int both = 0; both < lnShare.length; both++) {
            for (int alone = 0; alone < lnShare[both].length; alone++) {
                long elsewhere = largeEvents - both - alone;
                lnShare[both][alone] =
                        elsewhere < 0 || elsewhere > left
                                ? Double.NEGATIVE_INFINITY
                                : LogMath.lnChoose(smallEvents, both)
                                        + LogMath.lnChoose(calm, alone)
                                        + LogMath.lnChoose(left, elsewhere)
                                        - lnAll;
            }
        }
    }

    /**
     * ln of the block's factor where a pair's is 1 + stake · (tolerance − D) / (1 + tolerance),
     * with D the candidate's outcome less the baseline's.
     */
    double lnNoHarm(double stake, double tolerance) {
        double unit = stake / (1 + tolerance);
        double lnEven = StrictMath.log1p(unit * tolerance);
        double lnWorse = StrictMath.log1p(unit * (tolerance - 1));
        double lnBetter = StrictMath.log1p(unit * (tolerance + 1));
        double lnSmallAlone = candidateIsSmall ? lnWorse : lnBetter;
        double lnLargeAlone = candidateIsSmall ? lnBetter : lnWorse;
        double most = Double.NEGATIVE_INFINITY;
        double[][] terms = new double[lnShare.length][lnShare[0].length];
        for (int both = 0; both < terms.length; both++) {
            for (int alone = 0; alone < terms[both].length; alone++) {
                double term =
                        lnShare[both][alone]
                                + both * lnEven
                                + (smallEvents - both) * lnSmallAlone
                                + alone * lnLargeAlone
                                + (pairs - smallEvents - alone) * lnEven;
                terms[both][alone] = term;
                most = Math.max(most, term);
            }
        }
        double sum = 0;
        for (double[] row : terms) {
            for (double term : row) {
                sum += StrictMath.exp(term - most);
            }
        }
        return most + StrictMath.log(sum);
    }
}
