package dev.acey.simulation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PairedRatesTest {

    /**
     * Airway hyper-responsiveness before and after a transplantation, as Fagerland, Lydersen and
     * Laake (2014) analyse it: 1, 1, 7 and 12 of 21 children.
     */
    private static final PairedRates PUBLISHED = new PairedRates(1, 7, 1, 12);

    @Test
    void theIntervalIsThePublishedOne() {
        assertEquals(-6 / 21.0, PUBLISHED.difference(), 1e-12);
        assertEquals(-0.508, PUBLISHED.interval().low(), 5e-4);
        assertEquals(-0.013, PUBLISHED.interval().high(), 5e-4);
    }

    @Test
    void theExactTestIsThePublishedOne() {
        assertEquals(0.0703, PUBLISHED.pValue(), 5e-5);
        assertEquals(1 / 8.0 - 0.5, PUBLISHED.effectSize(), 1e-12);
    }

    @Test
    void whereNothingDiffersNothingIsProvedAndTheIntervalHasAWidth() {
        PairedRates same = new PairedRates(3, 0, 0, 87);

        assertEquals(1, same.pValue());
        assertEquals(0, same.effectSize());
        assertEquals(-same.interval().low(), same.interval().high(), 1e-12);
        assertTrue(same.interval().high() > 0.02);
    }

    @Test
    void promptsAreCountedWhereTheyBelong() {
        PairedRates rates =
                PairedRates.NONE
                        .and(true, true)
                        .and(true, false)
                        .and(false, true)
                        .and(false, true)
                        .and(false, false);

        assertEquals(new PairedRates(1, 1, 2, 1), rates);
        assertEquals(0.4, rates.baseline());
        assertEquals(0.6, rates.candidate());
    }

    @Property
    void swappingTheModelsMirrorsEverything(
            @ForAll @IntRange(max = 500) int both,
            @ForAll @IntRange(max = 500) int one,
            @ForAll @IntRange(max = 500) int other,
            @ForAll @IntRange(min = 1, max = 500) int neither) {
        PairedRates rates = new PairedRates(both, one, other, neither);
        PairedRates swapped = new PairedRates(both, other, one, neither);

        assertEquals(rates.pValue(), swapped.pValue(), 1e-12);
        assertEquals(rates.effectSize(), -swapped.effectSize(), 1e-12);
        assertEquals(rates.interval().low(), -swapped.interval().high(), 1e-12);
        assertTrue(rates.interval().low() < rates.interval().high());
        assertTrue(rates.pValue() > 0 && rates.pValue() <= 1);
    }
}
