package dev.acey.simulation.statistics;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * How often something happened to two models on the same prompts.
 *
 * @param both prompts where it happened to both
 * @param baselineOnly where it happened to the baseline alone
 * @param candidateOnly where it happened to the candidate alone
 * @param neither where it happened to neither
 */
public record PairedRates(int both, int baselineOnly, int candidateOnly, int neither) {

    /** Half of the two-sided test: at one half the distribution is symmetric. */
    private static final BinomialTest ONE_TAIL =
            BinomialTest.withDefaults().with(AlternativeHypothesis.LESS_THAN);

    public static final PairedRates NONE = new PairedRates(0, 0, 0, 0);

    public PairedRates and(boolean baseline, boolean candidate) {
        return new PairedRates(
                both + (baseline && candidate ? 1 : 0),
                baselineOnly + (baseline && !candidate ? 1 : 0),
                candidateOnly + (!baseline && candidate ? 1 : 0),
                neither + (!baseline && !candidate ? 1 : 0));
    }

    public int prompts() {
        return both + baselineOnly + candidateOnly + neither;
    }

    public double baseline() {
        return (double) (both + baselineOnly) / prompts();
    }

    public double candidate() {
        return (double) (both + candidateOnly) / prompts();
    }

    /** The candidate's rate less the baseline's. */
    public double difference() {
        return (double) (candidateOnly - baselineOnly) / prompts();
    }

    /**
     * Of {@link #difference}: Wald's interval for paired rates with Bonett and Price's Laplace
     * adjustment (2012), which Fagerland, Lydersen and Laake (2014) recommend; it has a width where
     * nothing differed.
     */
    public Interval interval() {
        double n = prompts() + 2;
        double up = (candidateOnly + 1) / n;
        double down = (baselineOnly + 1) / n;
        double half = Level.Z * Math.sqrt((up + down - (up - down) * (up - down)) / n);
        return new Interval(Math.max(-1, up - down - half), Math.min(1, up - down + half));
    }

    /**
     * Cohen's g (1988), within -0.5 and 0.5: by how much the candidate's share of the prompts where
     * one model alone was hit exceeds one half; 0.05 is small, 0.15 medium, 0.25 large. 0 where
     * nothing differed.
     */
    public double effectSize() {
        int differing = baselineOnly + candidateOnly;
        return differing == 0 ? 0 : (double) candidateOnly / differing - 0.5;
    }

    /** McNemar's test, exact, two-sided: whether the rates differ. 1 where nothing differed. */
    public double pValue() {
        int differing = baselineOnly + candidateOnly;
        int fewer = Math.min(baselineOnly, candidateOnly);
        return Math.min(1, 2 * ONE_TAIL.test(differing, fewer, 0.5).getPValue());
    }
}
