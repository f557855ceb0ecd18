package dev.acey.rollout.guard.evalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OddsRatioTest {

    /** Fisher's noncentral hypergeometric distribution, in whole numbers. */
    @Property(tries = 200)
    void probabilitiesAreThoseOfExactArithmetic(
            @ForAll @IntRange(min = 1, max = 200) int baseline,
            @ForAll @IntRange(min = 1, max = 200) int candidate,
            @ForAll @IntRange(min = 0, max = 200) int baselineEvents,
            @ForAll @IntRange(min = 0, max = 200) int candidateEvents,
            @ForAll @IntRange(min = 1, max = 60) int over,
            @ForAll @IntRange(min = 1, max = 60) int under) {
        int j = Math.min(candidateEvents, candidate);
        int events = j + Math.min(baselineEvents, baseline);
        BigInteger all = BigInteger.ZERO;
        for (int i = Math.max(0, events - baseline); i <= Math.min(events, candidate); i++) {
            all = all.add(weight(baseline, candidate, events, i, over, under));
        }
        BigInteger came = weight(baseline, candidate, events, j, over, under);
        double exact = LogMathTest.ln(came) - LogMathTest.ln(all);
        assertEquals(
                exact,
                new OddsRatio(new RateBlock(baseline, events - j, candidate, j))
                        .lnProbability(Math.log((double) over / under)),
                1e-9 * Math.max(1, Math.abs(exact)));
    }

    /** 14 draws from 40 balls of which 10 are twice as likely as the rest, by hand. */
    @Example
    void aSmallDistributionIsTheOneWrittenDown() {
        // n_A = 3, n_B = 2, e = 2, psi = 2: weights 3, 2*3*2 = 12, 1*1*4 = 4
        double[] expected = {3 / 19.0, 12 / 19.0, 4 / 19.0};
        for (int j = 0; j <= 2; j++) {
            OddsRatio odds = new OddsRatio(new RateBlock(3, 2 - j, 2, j));
            assertEquals(expected[j], Math.exp(odds.lnProbability(Math.log(2))), 1e-14);
        }
    }

    @Example
    void aMillionCallsInABlockStayFinite() {
        OddsRatio odds = new OddsRatio(new RateBlock(1_000_000, 500_000, 1_000, 1_000));
        double ln = odds.lnProbability(Math.log(40));
        assertTrue(Double.isFinite(ln) && ln < 0, () -> "ln P is " + ln);
    }

    private static BigInteger weight(
            int baseline, int candidate, int events, int j, int over, int under) {
        return choose(candidate, j)
                .multiply(choose(baseline, events - j))
                .multiply(BigInteger.valueOf(over).pow(j))
                .multiply(BigInteger.valueOf(under).pow(candidate - j));
    }

    static BigInteger choose(int n, int k) {
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            ways = ways.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return ways;
    }
}
