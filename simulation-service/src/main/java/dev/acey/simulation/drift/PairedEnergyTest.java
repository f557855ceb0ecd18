package dev.acey.simulation.drift;

import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The energy distance (Székely and Rizzo) between two models that answered the same prompts, with a
 * permutation test that swaps the two answers within a prompt.
 *
 * <p>With the Euclidean distances a = |x_i − x_j|, b = |y_i − y_j|, c = |x_i − y_j|, d = |x_j −
 * y_i| of two prompts, the unbiased estimate without same-prompt pairs is the mean of c + d − a − b
 * over all i &lt; j, and swapping one of the two prompts turns its sign. So a permutation is a
 * vector of signs s, its statistic the sum of s_i s_j (c + d − a − b), and the distances are
 * computed once.
 *
 * @param distance 2E|X−Y| − E|X−X′| − E|Y−Y′|, unbiased, so that it can be below 0
 * @param effect distance / 2E|X−Y|, at most 1; 0 where all outputs are alike
 * @param pValue within (0, 1]: the share of permutations, the observed one among them, whose
 *     distance is at least the observed
 */
record PairedEnergyTest(double distance, double effect, double pValue) {

    /** Rounding must not tell apart what is equal. */
    private static final double TOLERANCE = 1e-12;

    /**
     * Memory grows with the square of the number of prompts, time with that times permutations.
     *
     * @param x one model's outputs, at least two, as points
     * @param y the other's answers to the same prompts, in the same order
     * @param seed the same seed, the same p-value
     * @param cancelled asked before each permutation
     * @throws CancellationException when cancelled
     */
    static PairedEnergyTest of(
            double[][] x, double[][] y, int permutations, long seed, BooleanSupplier cancelled) {
        int n = x.length;
        double[][] excess = new double[n][];
        double cross = 0;
        for (int i = 0; i < n; i++) {
            stopIf(cancelled);
            excess[i] = new double[i];
            for (int j = 0; j < i; j++) {
                double between = distance(x[i], y[j]) + distance(x[j], y[i]);
                cross += between;
                excess[i][j] = between - distance(x[i], x[j]) - distance(y[i], y[j]);
            }
        }
        double pairs = n * (n - 1) / 2.0;
        double observed = signedSum(excess, allSame(n));
        double expected = cross / (2 * pairs);
        int atLeast = 1;
        Random random = new Random(seed);
        for (int p = 0; p < permutations; p++) {
            stopIf(cancelled);
            double permuted = signedSum(excess, randomSigns(random, n));
            atLeast += permuted >= observed - TOLERANCE * cross ? 1 : 0;
        }
        double distance = observed / pairs;
        return new PairedEnergyTest(
                distance,
                expected > 0 ? distance / (2 * expected) : 0,
                (double) atLeast / (permutations + 1));
    }

    private static double signedSum(double[][] excess, double[] signs) {
        double sum = 0;
        for (int i = 0; i < signs.length; i++) {
            double[] row = excess[i];
            double ofRow = 0;
            for (int j = 0; j < row.length; j++) {
                ofRow += row[j] * signs[j];
            }
            sum += ofRow * signs[i];
        }
        return sum;
    }

    private static double[] allSame(int n) {
        double[] signs = new double[n];
        java.util.Arrays.fill(signs, 1);
        return signs;
    }

    private static double[] randomSigns(Random random, int n) {
        double[] signs = new double[n];
        for (int i = 0; i < n; i++) {
            signs[i] = random.nextBoolean() ? 1 : -1;
        }
        return signs;
    }

    private static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = a[k] - b[k];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    private static void stopIf(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the drift test was cancelled");
        }
    }
}
