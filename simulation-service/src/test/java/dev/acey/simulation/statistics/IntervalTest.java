package dev.acey.simulation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /** Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718"
    })
    void aRatesIntervalIsThePublishedOne(int count, int of, double low, double high) {
        Interval interval = Interval.ofRate(count, of);

        assertEquals(low, interval.low(), 5e-5);
        assertEquals(high, interval.high(), 5e-5);
    }

    @Property
    void aRatesIntervalHoldsTheRateAndStaysWithinZeroAndOne(
            @ForAll @IntRange(min = 1, max = 10_000) int of,
            @ForAll @IntRange(max = 10_000) int some) {
        int count = some % (of + 1);

        Interval interval = Interval.ofRate(count, of);

        assertTrue(interval.contains((double) count / of), interval::toString);
        assertTrue(0 <= interval.low() && interval.high() <= 1, interval::toString);
        assertTrue(interval.low() < interval.high(), interval::toString);
    }
}
