package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PairedEnergyTestTest {

    private static final int PERMUTATIONS = 99;

    @Property(tries = 100)
    void theQuickFormulaIsTheDefinition(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int prompts) {
        double[][] x = points(seed, prompts, 0);
        double[][] y = points(seed + 1, prompts, 0.5);

        EnergyTest test = PairedEnergyTest.of(x, y, PERMUTATIONS, seed, () -> false);

        double between = meanOfOtherPrompts(x, y);
        double distance = 2 * between - meanOfOtherPrompts(x, x) - meanOfOtherPrompts(y, y);
        assertEquals(distance, test.distance(), 1e-9);
        assertEquals(distance / (2 * between), test.effect(), 1e-9);
    }

    @Property(tries = 100)
    void theModelsNamesDoNotMatter(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int prompts) {
        double[][] x = points(seed, prompts, 0);
        double[][] y = points(seed + 1, prompts, 0.3);

        EnergyTest one = PairedEnergyTest.of(x, y, PERMUTATIONS, seed, () -> false);
        EnergyTest other = PairedEnergyTest.of(y, x, PERMUTATIONS, seed, () -> false);

        assertEquals(one.pValue(), other.pValue());
        assertEquals(one.distance(), other.distance(), 1e-9);
        assertTrue(one.pValue() > 0 && one.pValue() <= 1);
        assertTrue(one.effect() <= 1);
    }

    @Test
    void theSameSeedGivesTheSamePValue() {
        double[][] x = points(1, 50, 0);
        double[][] y = points(2, 50, 0.2);

        assertEquals(
                PairedEnergyTest.of(x, y, PERMUTATIONS, 7, () -> false),
                PairedEnergyTest.of(x, y, PERMUTATIONS, 7, () -> false));
    }

    @Test
    void modelsThatAnswerAlikeAreNotToldApart() {
        double[][] x = points(1, 50, 0);

        assertEquals(
                new EnergyTest(0, 0, 1), PairedEnergyTest.of(x, x, PERMUTATIONS, 7, () -> false));
    }

    @Test
    void modelsThatAnswerFarApartAreToldApartByEveryPermutation() {
        EnergyTest test =
                PairedEnergyTest.of(
                        points(1, 50, 0), points(2, 50, 20), PERMUTATIONS, 7, () -> false);

        assertEquals(1.0 / (PERMUTATIONS + 1), test.pValue());
        assertTrue(test.effect() > 0.5);
    }

    /** With labels that chance gave, p is uniform: 400 tests at 10 % find 40, within 4 errors. */
    @Test
    void chanceIsFoundAsOftenAsTheLevelSays() {
        Random labels = new Random(3);
        int found = 0;
        for (int run = 0; run < 400; run++) {
            double[][] x = points(2L * run, 20, 0);
            double[][] y = points(2L * run + 1, 20, 1);
            for (int i = 0; i < x.length; i++) {
                if (labels.nextBoolean()) {
                    double[] swapped = x[i];
                    x[i] = y[i];
                    y[i] = swapped;
                }
            }
            found +=
                    PairedEnergyTest.of(x, y, PERMUTATIONS, run, () -> false).pValue() <= 0.1
                            ? 1
                            : 0;
        }
        assertEquals(40, found, 24);
    }

    @Test
    void aCancelledTestStops() {
        assertThrows(
                CancellationException.class,
                () ->
                        PairedEnergyTest.of(
                                points(1, 10, 0), points(2, 10, 0), PERMUTATIONS, 7, () -> true));
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

    private static double meanOfOtherPrompts(double[][] a, double[][] b) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                if (i != j) {
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
