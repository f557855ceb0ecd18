package dev.acey.simulation.drift;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The energy distance between two models that answered the same prompts, with a permutation test
 * that swaps the two answers within a prompt.
 *
 * <p>With the Euclidean distances a = |x_i − x_j|, b = |y_i − y_j|, c = |x_i − y_j|, d = |x_j −
 * y_i| of two prompts, the unbiased estimate without same-prompt pairs is the mean of c + d − a − b
 * over all i &lt; j, and swapping one of the two prompts turns its sign. So a permutation is a
 * vector of signs s, its statistic the sum of s_i s_j (c + d − a − b), and the distances are
 * computed once.
 */
final class PairedEnergyTest {

    private PairedEnergyTest() {}

    /**
     * Memory grows with the square of the number of prompts, time with that times permutations.
     *
     * @param x one model's outputs, at least two, as points
     * @param y the other's answers to the same prompts, in the same order
     * @param seed the same seed, the same p-value
     * @param cancelled asked before each permutation
     * @throws CancellationException when cancelled
     */
    static EnergyTest of(
            double[][] x, double[][] y, int permutations, long seed, BooleanSupplier cancelled) {
        int n = x.length;
        double[][] excess = new double[n][];
        double cross = 0;
        for (int i = 0; i < n; i++) {
            EnergyTest.stopIf(cancelled);
            excess[i] = new double[i];
            for (int j = 0; j < i; j++) {
                double between = EnergyTest.distance(x[i], y[j]) + EnergyTest.distance(x[j], y[i]);
                cross += between;
                excess[i][j] =
                        between - EnergyTest.distance(x[i], x[j]) - EnergyTest.distance(y[i], y[j]);
            }
        }
        double pairs = n * (n - 1) / 2.0;
        double observed = signedSum(excess, allSame(n));
        int atLeast = 0;
        Random random = new Random(seed);
        for (int p = 0; p < permutations; p++) {
            EnergyTest.stopIf(cancelled);
            double permuted = signedSum(excess, randomSigns(random, n));
            atLeast += permuted >= observed - EnergyTest.TOLERANCE * cross ? 1 : 0;
        }
        return EnergyTest.of(observed / pairs, cross / (2 * pairs), atLeast, permutations);
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
        Arrays.fill(signs, 1);
        return signs;
    }

    private static double[] randomSigns(Random random, int n) {
        double[] signs = new double[n];
        for (int i = 0; i < n; i++) {
            signs[i] = random.nextBoolean() ? 1 : -1;
        }
        return signs;
    }
}
