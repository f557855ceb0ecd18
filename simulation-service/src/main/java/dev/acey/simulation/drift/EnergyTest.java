package dev.acey.simulation.drift;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What a permutation test of the energy distance (Székely and Rizzo) gives.
 *
 * @param distance 2E|X−Y| − E|X−X′| − E|Y−Y′|, unbiased, so that it can be below 0
 * @param effect distance / 2E|X−Y|, at most 1; 0 where all outputs are alike
 * @param pValue within (0, 1]: the share of permutations, the observed one among them, whose
 *     distance is at least the observed
 */
record EnergyTest(double distance, double effect, double pValue) {

    /** Rounding must not tell apart what is equal. */
    static final double TOLERANCE = 1e-12;

    /**
     * @param between mean distance of the two sides
     * @param atLeast permutations whose distance is at least the observed, without the observed
     */
    static EnergyTest of(double distance, double between, int atLeast, int permutations) {
        return new EnergyTest(
                distance,
                between > 0 ? distance / (2 * between) : 0,
                (atLeast + 1.0) / (permutations + 1));
    }

    /** Euclidean. */
    static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = a[k] - b[k];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** Throws {@link CancellationException} when cancelled. */
    static void stopIf(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the drift test was cancelled");
        }
    }
}
