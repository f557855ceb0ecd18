package dev.acey.log.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class LatenciesTest {

    private static final double DAY = 86_400_000;

    @Property
    void aQuantileOfMergedHistogramsIsWithinItsBoundOfTheExactOne(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(max = DAY) Double> some,
            @ForAll @Size(max = 60) List<@DoubleRange(max = 3_000) Double> others,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        Latencies merged = new Latencies();
        merged.add(of(some).encoded());
        merged.add(of(others));
        List<Double> all = new ArrayList<>(some);
        all.addAll(others);
        Collections.sort(all);
        double exact = all.get((int) Math.ceil(share * all.size() - 1e-9) - 1);
        assertEquals(exact, merged.quantile(share), Math.max(0.1, exact / 100));
    }

    @Property
    void whatIsTakenOutWasNeverThere(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(max = DAY) Double> some,
            @ForAll @Size(max = 40) List<@DoubleRange(max = DAY) Double> others) {
        Latencies latencies = of(some);
        latencies.add(of(others));
        latencies.subtract(of(others));
        assertEquals(quantiles(of(some)), quantiles(latencies));
        latencies.subtract(of(some));
        assertTrue(latencies.isEmpty());
        assertNull(latencies.encoded());
        assertNull(latencies.quantile(0.95));
    }

    @Property
    void takingOutWhatWasNotPutInLeavesTheRest(
            @ForAll @Size(max = 20) List<@DoubleRange(max = 50) Double> some,
            @ForAll @Size(max = 20) List<@DoubleRange(min = 100, max = DAY) Double> others) {
        Latencies latencies = of(some);
        latencies.subtract(of(others));
        assertEquals(quantiles(of(some)), quantiles(latencies));
    }

    private static List<Double> quantiles(Latencies latencies) {
        List<Double> quantiles = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            quantiles.add(latencies.quantile(i / 100.0));
        }
        return quantiles;
    }

    private static Latencies of(List<Double> millis) {
        Latencies latencies = new Latencies();
        millis.forEach(latencies::record);
        return latencies;
    }
}
