package dev.acey.rollout.guard.evalue;

/**
 * How likely a block's events fall to the arms as they did, given how many there are in all:
 * Fisher's noncentral hypergeometric distribution, P(j) ∝ C(n_B, j) · C(n_A, e−j) · ψ^j, with the
 * odds ratio ψ of candidate to baseline. Conditioning on the sum takes the unknown rate out
 * (Turner, Ly and Grünwald, arXiv 2106.02693; Turner and Grünwald, 2203.09785).
 */
final class OddsRatio {

    private final long candidateEvents;
    private final long least;

    /** ln of each outcome's weight at ψ = 1, relative to the outcome that came. */
    private final double[] lnWeights;

    OddsRatio(RateBlock block) {
        long events = block.events();
        candidateEvents = block.candidateEvents();
        least = Math.max(0, events - block.baseline());
        long most = Math.min(events, block.candidate());
        lnWeights = new double[Math.toIntExact(most - least + 1)];
        int came = Math.toIntExact(candidateEvents - least);
        for (int i = came + 1; i < lnWeights.length; i++) {
            lnWeights[i] = lnWeights[i - 1] + lnStep(block, least + i - 1);
        }
        for (int i = came - 1; i >= 0; i--) {
            lnWeights[i] = lnWeights[i + 1] - lnStep(block, least + i);
        }
    }

    /** Whether only one outcome was possible: then the block says nothing about ψ. */
    boolean saysNothing() {
        return lnWeights.length == 1;
    }

    /** ln of the probability of what came, where lnPsi is the logarithm of the odds ratio. */
    double lnProbability(double lnPsi) {
        double most = Double.NEGATIVE_INFINITY;
        double[] terms = new double[lnWeights.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = lnWeights[i] + (least + i - candidateEvents) * lnPsi;
            most = Math.max(most, terms[i]);
        }
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - most);
        }
        return -most - StrictMath.log(sum);
    }

    /** ln of weight(j + 1) / weight(j). */
    private static double lnStep(RateBlock block, long j) {
        double up = (double) (block.candidate() - j) * (block.events() - j);
        double down = (j + 1.0) * (block.baseline() - block.events() + j + 1);
        return StrictMath.log(up / down);
    }
}
