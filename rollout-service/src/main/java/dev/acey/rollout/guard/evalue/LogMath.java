package dev.acey.rollout.guard.evalue;

import java.util.List;

/**
 * Arithmetic with logarithms of large and small numbers. {@link StrictMath} and a fixed order of
 * summation give every JVM the same bits.
 */
public final class LogMath {

    private static final int TABLE = 2_048;
    private static final double[] LN_FACTORIAL = new double[TABLE];

    static {
        for (int n = 2; n < TABLE; n++) {
            LN_FACTORIAL[n] = LN_FACTORIAL[n - 1] + StrictMath.log(n);
        }
    }

    private static final double HALF_LN_TWO_PI = 0.91893853320467274178;

    /** From here on Stirling's series is exact to the last digits. */
    private static final double FAR = 16;

    private LogMath() {}

    /** The logarithm of a weighted sum of numbers, all of them given as logarithms. */
    public static double lnSum(double[] lnTerms, double[] weights) {
        double most = Double.NEGATIVE_INFINITY;
        for (double term : lnTerms) {
            most = Math.max(most, term);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int i = 0; i < lnTerms.length; i++) {
            sum += weights[i] * StrictMath.exp(lnTerms[i] - most);
        }
        return most + StrictMath.log(sum);
    }

    /** The logarithm of the mean of numbers given as logarithms. */
    public static double lnMean(List<Double> lnTerms) {
        double[] terms = new double[lnTerms.size()];
        double[] weights = new double[terms.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = lnTerms.get(i);
            weights[i] = 1.0 / terms.length;
        }
        return lnSum(terms, weights);
    }

    /** ln n! */
    static double lnFactorial(long n) {
        return n < TABLE ? LN_FACTORIAL[(int) n] : lnGamma(n + 1.0);
    }

    /** ln C(n, k), for k from 0 to n. */
    static double lnChoose(long n, long k) {
        return lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
    }

    /** ln Γ(x), for x over 0: Stirling's series, shifted to where it converges. */
    static double lnGamma(double x) {
        double shifted = x;
        double product = 1;
        while (shifted < FAR) {
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series =
                inverse
                        * (1.0 / 12
                                - square
                                        * (1.0 / 360
                                                - square
                                                        * (1.0 / 1_260
                                                                - square
                                                                        * (1.0 / 1_680
                                                                                - square
                                                                                        / 1_188))));
        return (shifted - 0.5) * StrictMath.log(shifted)
                - shifted
                + HALF_LN_TWO_PI
                + series
                - StrictMath.log(product);
    }

    /** ln B(a, b), for a and b over 0. */
    static double lnBeta(double a, double b) {
        return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
    }
}
