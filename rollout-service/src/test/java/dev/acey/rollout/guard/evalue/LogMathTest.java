package dev.acey.rollout.guard.evalue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class LogMathTest {

    @Example
    void factorialsAreThoseOfExactArithmeticOnBothSidesOfTheTable() {
        BigInteger factorial = BigInteger.ONE;
        for (int n = 1; n <= 3_000; n++) {
            factorial = factorial.multiply(BigInteger.valueOf(n));
            assertEquals(ln(factorial), LogMath.lnFactorial(n), 1e-9 + 1e-13 * ln(factorial));
        }
    }

    @Example
    void gammaHasItsKnownValues() {
        assertEquals(0.5 * Math.log(Math.PI), LogMath.lnGamma(0.5), 1e-14);
        assertEquals(Math.log(Math.sqrt(Math.PI) / 2), LogMath.lnGamma(1.5), 1e-14);
        assertEquals(0, LogMath.lnGamma(2), 1e-14);
        // ln(999999!), from the first terms of Stirling's series in exact arithmetic
        assertEquals(12_815_504.569147612, LogMath.lnGamma(1_000_000), 1e-8);
    }

    @Property
    void gammaGrowsByItsArgument(@ForAll @DoubleRange(min = 0.01, max = 1e6) double x) {
        double expected = LogMath.lnGamma(x) + Math.log(x);
        assertEquals(expected, LogMath.lnGamma(x + 1), 1e-12 * Math.max(1, Math.abs(expected)));
    }

    @Example
    void sumsOfWhatIsBeyondADoubleStayExact() {
        assertEquals(
                5_000 + Math.log(1.5),
                LogMath.lnSum(new double[] {5_000, 5_000 + Math.log(0.5)}, new double[] {1, 1}),
                1e-12);
        assertEquals(-5_000, LogMath.lnMean(java.util.List.of(-5_000.0, -5_000.0)), 1e-12);
    }

    /** ln of a number of any size, by its leading bits. */
    static double ln(BigInteger value) {
        int shift = Math.max(0, value.bitLength() - 1_000);
        return Math.log(value.shiftRight(shift).doubleValue()) + shift * Math.log(2);
    }
}
