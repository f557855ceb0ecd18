package dev.acey.simulation.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The energy distance between outputs to different prompts, with a permutation test that moves
 * outputs between the sides within their stratum only: permuting freely would take a change of the
 * mix of tasks for a change of voice.
 *
 * <p>All distances are computed once. With the sum of a permutation's distances within its first
 * side, and the sums of all distances of each output, the sums across and within the second side
 * follow, so that a permutation costs the square of the first side.
 */
final class UnpairedEnergyTest {

    private final int first;
    private final int second;
    private final float[][] distances;
    private final double[] ofOutput;
    private final double all;

    private UnpairedEnergyTest(List<double[]> points, int first, BooleanSupplier cancelled) {
        this.first = first;
        this.second = points.size() - first;
        this.distances = new float[points.size()][];
        this.ofOutput = new double[points.size()];
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            EnergyTest.stopIf(cancelled);
            distances[i] = new float[i];
            for (int j = 0; j < i; j++) {
                distances[i][j] = (float) EnergyTest.distance(points.get(i), points.get(j));
                ofOutput[i] += distances[i][j];
                ofOutput[j] += distances[i][j];
                sum += distances[i][j];
            }
        }
        this.all = sum;
    }

    /**
     * Memory grows with the square of the number of outputs, time with that times permutations.
     *
     * @param x one side's outputs as points, stratum by stratum; at least two in all
     * @param y the other side's, the same strata in the same order; at least two in all
     * @param seed the same seed, the same p-value
     * @param cancelled asked before each permutation
     * @throws CancellationException when cancelled
     */
    static EnergyTest of(
            List<double[][]> x,
            List<double[][]> y,
            int permutations,
            long seed,
            BooleanSupplier cancelled) {
        List<double[]> points = new ArrayList<>();
        x.forEach(stratum -> points.addAll(List.of(stratum)));
        int first = points.size();
        y.forEach(stratum -> points.addAll(List.of(stratum)));
        var test = new UnpairedEnergyTest(points, first, cancelled);
        int[] side = new int[first];
        for (int i = 0; i < first; i++) {
            side[i] = i;
        }
        double observed = test.distance(side);
        double between = test.between(side);
        int[][] strata = strata(x, y, first);
        Random random = new Random(seed);
        int atLeast = 0;
        for (int p = 0; p < permutations; p++) {
            EnergyTest.stopIf(cancelled);
            draw(strata, x, random, side);
            atLeast += test.distance(side) >= observed - EnergyTest.TOLERANCE * between ? 1 : 0;
        }
        return EnergyTest.of(observed, between, atLeast, permutations);
    }

    /** The places of each stratum's outputs, those of both sides. */
    private static int[][] strata(List<double[][]> x, List<double[][]> y, int first) {
        int[][] strata = new int[x.size()][];
        int nextX = 0;
        int nextY = first;
        for (int s = 0; s < strata.length; s++) {
            int ofX = x.get(s).length;
            strata[s] = new int[ofX + y.get(s).length];
            for (int i = 0; i < strata[s].length; i++) {
                strata[s][i] = i < ofX ? nextX++ : nextY++;
            }
        }
        return strata;
    }

    /** Draws the places of the first side, in order, so that rows are read from left to right. */
    private static void draw(int[][] strata, List<double[][]> x, Random random, int[] side) {
        int next = 0;
        for (int s = 0; s < strata.length; s++) {
            int[] stratum = strata[s];
            for (int i = 0; i < x.get(s).length; i++) {
                int other = i + random.nextInt(stratum.length - i);
                int place = stratum[other];
                stratum[other] = stratum[i];
                stratum[i] = place;
                side[next++] = place;
            }
        }
        Arrays.sort(side);
    }

    private double distance(int[] side) {
        double within = within(side);
        double across = across(side, within);
        double withinOther = all - within - across;
        return 2 * across / ((double) first * second)
                - within / (first * (first - 1) / 2.0)
                - withinOther / (second * (second - 1) / 2.0);
    }

    private double between(int[] side) {
        return across(side, within(side)) / ((double) first * second);
    }

    private double within(int[] side) {
        double sum = 0;
        for (int i = 0; i < first; i++) {
            float[] row = distances[side[i]];
            for (int j = 0; j < i; j++) {
                sum += row[side[j]];
            }
        }
        return sum;
    }

    private double across(int[] side, double within) {
        double sum = 0;
        for (int place : side) {
            sum += ofOutput[place];
        }
        return sum - 2 * within;
    }
}
