package dev.acey.rollout.guard.evalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** What makes evidence evidence: where there is nothing to find, it is 1 on average, or less. */
class ExpectationTest {

    private static final double ROUNDING = 1e-10;

    /** All outcomes of a block with so many events, under an odds ratio the null allows. */
    @Property(tries = 200)
    void ofHarmWhereTheOddsRatioIsWithinTheMargin(
            @ForAll @IntRange(min = 1, max = 12) int baseline,
            @ForAll @IntRange(min = 1, max = 12) int candidate,
            @ForAll @IntRange(min = 0, max = 24) int events,
            @ForAll @Scale(4) @DoubleRange(min = 0.001, max = 0.9) double expected,
            @ForAll @Scale(4) @DoubleRange(min = 0.1, max = 1) double part) {
        double margin = 0.005;
        double lnPsi = RateEvidence.lnRatio(expected, margin) + Math.log(part);
        assertTrue(
                overOutcomes(
                                baseline,
                                candidate,
                                Math.min(events, baseline + candidate),
                                lnPsi,
                                block ->
                                        RateEvidence.NONE
                                                .plus(block, expected, margin, 0.02, true)
                                                .lnHarm())
                        <= 1 + ROUNDING);
    }

    @Property(tries = 200)
    void ofNoHarmByOddsWhereTheOddsRatioIsBeyondTheTolerance(
            @ForAll @IntRange(min = 1, max = 12) int baseline,
            @ForAll @IntRange(min = 1, max = 12) int candidate,
            @ForAll @IntRange(min = 0, max = 24) int events,
            @ForAll @Scale(4) @DoubleRange(min = 0.001, max = 0.9) double expected,
            @ForAll @Scale(4) @DoubleRange(min = 1, max = 10) double times) {
        double lnPsi = RateEvidence.lnRatio(expected, 0.02) + Math.log(times);
        assertTrue(
                overOutcomes(
                                baseline,
                                candidate,
                                Math.min(events, baseline + candidate),
                                lnPsi,
                                block -> {
                                    RateEvidence after =
                                            RateEvidence.NONE.plus(
                                                    block, expected, 0.005, 0.02, true);
                                    return LogMath.lnSum(
                                            after.noHarm().stream().mapToDouble(ln -> ln).toArray(),
                                            RateEvidence.NO_HARM_WEIGHTS);
                                })
                        <= 1 + ROUNDING);
    }

    /** All outcomes of both arms, with a candidate worse than the tolerance or just as bad. */
    @Property(tries = 200)
    void ofNoHarmByPairsWhereTheDifferenceIsBeyondTheTolerance(
            @ForAll @IntRange(min = 1, max = 12) int baseline,
            @ForAll @IntRange(min = 1, max = 12) int candidate,
            @ForAll @Scale(4) @DoubleRange(min = 0, max = 0.7) double rate,
            @ForAll @Scale(4) @DoubleRange(min = 0, max = 0.2) double more,
            @ForAll @Scale(4) @DoubleRange(min = 0.05, max = 0.9) double stake) {
        double tolerance = 0.1;
        double worse = rate + tolerance + more;
        double mean = 0;
        for (int a = 0; a <= baseline; a++) {
            for (int b = 0; b <= candidate; b++) {
                RateBlock block = new RateBlock(baseline, a, candidate, b);
                mean +=
                        binomial(baseline, a, rate)
                                * binomial(candidate, b, worse)
                                * Math.exp(new Pairs(block).lnNoHarm(stake, tolerance));
            }
        }
        assertTrue(mean <= 1 + ROUNDING, "the mean is " + mean);
        if (more == 0) {
            assertEquals(1, mean, ROUNDING);
        }
    }

    /** The closed form against every way to pair, one by one. */
    @Property(tries = 100)
    void pairsAreTheMeanOverAllWaysToPair(
            @ForAll @IntRange(min = 1, max = 5) int baseline,
            @ForAll @IntRange(min = 1, max = 5) int candidate,
            @ForAll @IntRange(min = 0, max = 5) int baselineEvents,
            @ForAll @IntRange(min = 0, max = 5) int candidateEvents) {
        int a = Math.min(baselineEvents, baseline);
        int b = Math.min(candidateEvents, candidate);
        double stake = 0.6;
        double tolerance = 0.02;
        boolean candidateIsSmall = candidate <= baseline;
        int small = Math.min(baseline, candidate);
        int large = Math.max(baseline, candidate);
        List<Double> products = new ArrayList<>();
        pair(
                small,
                candidateIsSmall ? b : a,
                large,
                candidateIsSmall ? a : b,
                0,
                0,
                1,
                (s, l) -> {
                    double difference = candidateIsSmall ? s - l : l - s;
                    return 1 + stake * (tolerance - difference) / (1 + tolerance);
                },
                products);
        double mean = products.stream().mapToDouble(p -> p).average().orElseThrow();
        assertEquals(
                Math.log(mean),
                new Pairs(new RateBlock(baseline, a, candidate, b)).lnNoHarm(stake, tolerance),
                1e-12);
    }

    /** Values at the ends are the hardest for bets on means. */
    @Property(tries = 200)
    void ofMeansWhereTheDropIsAtTheBound(
            @ForAll @IntRange(min = 1, max = 6) int baseline,
            @ForAll @IntRange(min = 1, max = 6) int candidate,
            @ForAll @Scale(4) @DoubleRange(min = 0.2, max = 1) double mean) {
        double margin = 0.025;
        double tolerance = 0.1;
        double harm = 0;
        double noHarm = 0;
        for (int a = 0; a < 1 << baseline; a++) {
            for (int b = 0; b < 1 << candidate; b++) {
                MeanEvidence after =
                        MeanEvidence.NONE.plus(
                                bits(a, baseline),
                                bits(b, candidate),
                                10_000,
                                margin,
                                tolerance,
                                true);
                harm +=
                        chance(a, baseline, mean)
                                * chance(b, candidate, mean - margin)
                                * Math.exp(after.lnHarm());
                noHarm +=
                        chance(a, baseline, mean)
                                * chance(b, candidate, mean - tolerance)
                                * Math.exp(after.lnNoHarm());
            }
        }
        assertEquals(1, harm, ROUNDING);
        assertEquals(1, noHarm, ROUNDING);
    }

    /** Three stages of candidates at their limit. */
    @Property(tries = 100)
    void ofLimitsOverStages(
            @ForAll @IntRange(min = 1, max = 8) int first,
            @ForAll @IntRange(min = 1, max = 8) int second,
            @ForAll @IntRange(min = 1, max = 8) int third,
            @ForAll @Scale(4) @DoubleRange(min = 0.01, max = 0.5) double limit) {
        double mean = 0;
        for (int i = 0; i <= first; i++) {
            LimitEvidence one = LimitEvidence.NONE.plus(first, i, limit).nextStage();
            for (int j = 0; j <= second; j++) {
                LimitEvidence two = one.plus(second, j, limit).nextStage();
                for (int k = 0; k <= third; k++) {
                    mean +=
                            binomial(first, i, limit)
                                    * binomial(second, j, limit)
                                    * binomial(third, k, limit)
                                    * Math.exp(two.plus(third, k, limit).lnEvidence());
                }
            }
        }
        assertEquals(1, mean, ROUNDING);
    }

    @Property(tries = 100)
    void ofAnUnevenSplitWhereKeysSplitAsConfigured(
            @ForAll @IntRange(min = 1, max = 60) int keys,
            @ForAll @IntRange(min = 1, max = 60) int more,
            @ForAll @Scale(4) @DoubleRange(min = 0.0001, max = 0.99) double share) {
        double mean = 0;
        double other = 0.5;
        for (int i = 0; i <= keys; i++) {
            SampleRatio first = SampleRatio.NONE.plus(keys - i, i).nextStage(share);
            for (int j = 0; j <= more; j++) {
                mean +=
                        binomial(keys, i, share)
                                * binomial(more, j, other)
                                * Math.exp(first.plus(more - j, j).ln(other));
            }
        }
        assertEquals(1, mean, 1e-9);
    }

    @Example
    void whatSaysNothingChangesNothing() {
        RateBlock none = new RateBlock(30, 0, 30, 0);
        RateEvidence after = RateEvidence.NONE.plus(none, 0.01, 0.005, 0.02, true);
        assertEquals(RateEvidence.NONE.harm(), after.harm());
        assertTrue(after.lnNoHarm() > 0, "no events in many pairs speak for the candidate");
        RateEvidence unseen = RateEvidence.NONE.plus(none, 0.01, 0.005, 0.02, false);
        assertEquals(RateEvidence.NONE.bets(), unseen.bets());
        assertEquals(RateEvidence.NONE.noHarm(), unseen.noHarm());
    }

    private interface Ln {
        double of(RateBlock block);
    }

    private static double overOutcomes(
            int baseline, int candidate, int events, double lnPsi, Ln evidence) {
        double mean = 0;
        for (int j = Math.max(0, events - baseline); j <= Math.min(events, candidate); j++) {
            RateBlock block = new RateBlock(baseline, events - j, candidate, j);
            mean += Math.exp(new OddsRatio(block).lnProbability(lnPsi) + evidence.of(block));
        }
        return mean;
    }

    private interface Factor {
        double of(int small, int large);
    }

    /**
     * Every ordered choice of partners for the small arm's calls; the first ones are its events.
     */
    private static void pair(
            int small,
            int smallEvents,
            int large,
            int largeEvents,
            int at,
            int taken,
            double product,
            Factor factor,
            List<Double> products) {
        if (at == small) {
            products.add(product);
            return;
        }
        for (int partner = 0; partner < large; partner++) {
            if ((taken & (1 << partner)) == 0) {
                pair(
                        small,
                        smallEvents,
                        large,
                        largeEvents,
                        at + 1,
                        taken | (1 << partner),
                        product
                                * factor.of(
                                        at < smallEvents ? 1 : 0, partner < largeEvents ? 1 : 0),
                        factor,
                        products);
            }
        }
    }

    private static List<Integer> bits(int bits, int count) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add((bits >> i & 1) * 10_000);
        }
        return values;
    }

    private static double chance(int bits, int count, double share) {
        int ones = Integer.bitCount(bits);
        return Math.pow(share, ones) * Math.pow(1 - share, count - ones);
    }

    private static double binomial(int trials, int events, double share) {
        return OddsRatioTest.choose(trials, events).doubleValue()
                * Math.pow(share, events)
                * Math.pow(1 - share, trials - events);
    }
}
