package dev.acey.simulation.drift;

import static java.util.Collections.singletonList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UnpairedEnergyTestTest {

    private static final int PERMUTATIONS = 99;

    @Property(tries = 100)
    void theQuickFormulaIsTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 12) int first,
            @ForAll @IntRange(min = 2, max = 12) int second) {
        double[][] x = points(seed, first, 0);
        double[][] y = points(seed + 1, second, 0.5);

        EnergyTest test = of(singletonList(x), singletonList(y), seed);

        double between = mean(x, y, false);
        double distance = 2 * between - mean(x, x, true) - mean(y, y, true);
        assertEquals(distance, test.distance(), 1e-5);
        assertEquals(distance / (2 * between), test.effect(), 1e-5);
        assertTrue(test.pValue() > 0 && test.pValue() <= 1);
    }

    @Test
    void theSameSeedGivesTheSamePValue() {
        List<double[][]> x = List.of(points(1, 30, 0), points(2, 20, 1));
        List<double[][]> y = List.of(points(3, 25, 0.2), points(4, 40, 1.2));

        assertEquals(of(x, y, 7), of(x, y, 7));
    }

    @Test
    void aShiftWithinEveryTaskIsFound() {
        EnergyTest test =
                of(
                        List.of(points(1, 30, 0), points(2, 30, 5)),
                        List.of(points(3, 30, 2), points(4, 30, 7)),
                        7);

        assertEquals(1.0 / (PERMUTATIONS + 1), test.pValue());
        assertTrue(test.effect() > 0.02);
    }

    /**
     * Labels that chance gave within each task, at 3 to 1 and 1 to 3: 300 tests at 10 % find 30.
     */
    @Test
    void aChangeOfTheMixOfTasksAloneIsFoundAsOftenAsTheLevelSays() {
        int found = 0;
        for (int run = 0; run < 300; run++) {
            List<double[][]> x = List.of(points(4L * run, 24, 0), points(4L * run + 1, 8, 3));
            List<double[][]> y = List.of(points(4L * run + 2, 8, 0), points(4L * run + 3, 24, 3));
            found += of(x, y, run).pValue() <= 0.1 ? 1 : 0;
        }
        assertEquals(30, found, 21);
    }

    @Test
    void withoutTasksTheSameChangeOfTheMixWouldBeTakenForDrift() {
        double[][] x = join(points(1, 24, 0), points(2, 8, 3));
        double[][] y = join(points(3, 8, 0), points(4, 24, 3));

        assertEquals(1.0 / (PERMUTATIONS + 1), of(singletonList(x), singletonList(y), 7).pValue());
    }

    @Test
    void aCancelledTestStops() {
        List<double[][]> x = singletonList(points(1, 10, 0));

        assertThrows(
                CancellationException.class,
                () -> UnpairedEnergyTest.of(x, x, PERMUTATIONS, 7, () -> true));
    }

    private static EnergyTest of(List<double[][]> x, List<double[][]> y, long seed) {
        return UnpairedEnergyTest.of(x, y, PERMUTATIONS, seed, () -> false);
    }

    private static double[][] join(double[][] a, double[][] b) {
        double[][] joined = new double[a.length + b.length][];
        System.arraycopy(a, 0, joined, 0, a.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static double[][] points(long seed, int count, double shift) {
        Random random = new Random(seed);
        double[][] points = new double[count][5];
        for (double[] point : points) {
            for (int k = 0; k < point.length; k++) {
                point[k] = random.nextGaussian() + shift;
            }
        }
        return points;
    }

    private static double mean(double[][] a, double[][] b, boolean same) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                if (!same || i != j) {
                    double squares = 0;
                    for (int k = 0; k < a[i].length; k++) {
                        squares += Math.pow(a[i][k] - b[j][k], 2);
                    }
                    sum += Math.sqrt(squares);
                    count++;
                }
            }
        }
        return sum / count;
    }
}
