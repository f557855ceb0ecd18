package dev.acey.simulation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignedRankTest {

    /**
     * Hamilton depression scale before and after a tranquilizer, nine patients: Hollander and
     * Wolfe, Nonparametric Statistical Methods, 1973, pages 27 to 33.
     */
    private static final double[] BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    @Test
    void testEstimateAndIntervalAreThePublishedOnes() {
        double[] drops = new double[BEFORE.length];
        Arrays.setAll(drops, i -> BEFORE[i] - AFTER[i]);

        SignedRank result = SignedRank.of(drops);

        assertEquals(0.0391, result.pValue(), 5e-5);
        assertEquals(0.46, result.difference(), 5e-4);
        assertEquals(0.010, result.interval().low(), 5e-4);
        assertEquals(0.786, result.interval().high(), 5e-4);
    }

    /** There the published sums of ranks are 40 and 5, so that r is 35 of 45. */
    @Test
    void theEffectSizeIsTheDifferenceOfTheSharesOfRanks() {
        double[] drops = new double[BEFORE.length];
        Arrays.setAll(drops, i -> BEFORE[i] - AFTER[i]);

        assertEquals(35 / 45.0, SignedRank.of(drops).effectSize(), 1e-12);
    }

    /** Heights of plants, crossed and self-fertilised: Cureton's 15 differences, 1967; W+ is 96. */
    @Test
    void aSecondPublishedSampleGivesItsPValue() {
        double[] differences = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

        SignedRank result = SignedRank.of(differences);

        assertEquals(0.0413, result.pValue(), 5e-5);
        assertEquals((96 - 24) / 120.0, result.effectSize(), 1e-12);
    }

    @Test
    void differencesThatAreAllZeroProveNothing() {
        SignedRank result = SignedRank.of(new double[20]);

        assertEquals(1, result.pValue());
        assertEquals(new Interval(0, 0), result.interval());
        assertEquals(0, result.effectSize());
    }

    @Test
    void tooFewAndTooManyAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SignedRank.of(new double[5]));
        assertThrows(IllegalArgumentException.class, () -> SignedRank.of(new double[1_001]));
    }

    @Property(tries = 200)
    void swappingTheModelsMirrorsEverything(
            @ForAll @Size(min = 6, max = 60) List<@DoubleRange(min = -1, max = 1) Double> given) {
        double[] differences = given.stream().mapToDouble(Double::doubleValue).toArray();
        double[] mirrored = given.stream().mapToDouble(d -> 0 - d).toArray();

        SignedRank one = SignedRank.of(differences);
        SignedRank other = SignedRank.of(mirrored);

        assertEquals(one.pValue(), other.pValue(), 1e-9);
        assertEquals(one.effectSize(), -other.effectSize(), 1e-12);
        assertTrue(Math.abs(one.effectSize()) <= 1);
        assertEquals(one.difference(), -other.difference(), 1e-12);
        assertEquals(one.interval().low(), -other.interval().high(), 1e-12);
        assertTrue(one.interval().contains(one.difference()));
        assertTrue(one.pValue() > 0 && one.pValue() <= 1);
    }
}
