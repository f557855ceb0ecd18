package dev.acey.rules;

import java.math.BigDecimal;

/** Exact decimal arithmetic on doubles, so that 0.1 - 0.07 is 0.03 and a bound holds exactly. */
final class Decimals {
    private Decimals() {}

    /** The decimal a finite double is written as. */
    static BigDecimal of(double value) {
        return new BigDecimal(CanonicalJson.decimal(value));
    }

    /**
     * The part of {@code delta} with which {@code soFar + delta} stays within {@code min … max}.
     * Never turns the sign: where the sum is past a bound already, a delta that leads farther
     * becomes 0. What has no exact double is rounded towards 0, so that no sum of results passes a
     * bound either.
     */
    static double clampSum(double delta, BigDecimal soFar, double min, double max) {
        BigDecimal wanted = of(delta);
        BigDecimal most = of(max).subtract(soFar).max(BigDecimal.ZERO);
        BigDecimal least = of(min).subtract(soFar).min(BigDecimal.ZERO);
        BigDecimal clamped = wanted.max(least).min(most);
        return clamped.compareTo(wanted) == 0 ? delta : towardsZero(clamped);
    }

    private static double towardsZero(BigDecimal exact) {
        double nearest = exact.doubleValue();
        boolean isFarther = of(nearest).abs().compareTo(exact.abs()) > 0;
        return isFarther ? Math.nextAfter(nearest, 0) : nearest;
    }
}
