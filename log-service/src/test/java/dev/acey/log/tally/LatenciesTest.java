package dev.acey.log.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final double DAY = 86_400_000;

    @Property
    void aQuantileOfMergedOnesIsWithinItsBoundOfTheExactOne(
            @ForAll @Size(max = 80) List<@DoubleRange(max = DAY) Double> some,
            @ForAll @Size(max = 80) List<@DoubleRange(max = 3_000) Double> others) {
        Latencies merged = new Latencies();
        addEncoded(merged, of(some));
        merged.add(of(others));
        List<Double> all = new ArrayList<>(some);
        all.addAll(others);
        assertHolds(all, merged);
        Latencies copy = new Latencies();
        addEncoded(copy, merged);
        assertHolds(all, copy);
    }

    @Property
    void whatIsTakenOutWasNeverThere(
            @ForAll @Size(max = 60) List<@DoubleRange(max = DAY) Double> some,
            @ForAll @Size(max = 60) List<@DoubleRange(max = DAY) Double> others) {
        Latencies latencies = of(some);
        addEncoded(latencies, of(others));
        latencies.subtract(of(others));
        assertHolds(some, latencies);
        latencies.subtract(of(some));
        assertHolds(List.of(), latencies);
    }

    @Property
    void takingOutWhatWasNotPutInLeavesTheRest(
            @ForAll @Size(max = 60) List<@DoubleRange(max = 50) Double> some,
            @ForAll @Size(max = 60) List<@DoubleRange(min = 100, max = DAY) Double> others) {
        Latencies latencies = of(some);
        latencies.subtract(of(others));
        assertHolds(some, latencies);
    }

    @Test
    void aCellThatWasWrittenTwiceIsOne() {
        Latencies latencies = new Latencies();
        latencies.add(Buffer.buffer(new byte[] {5, 1, 0, 2, 7, 1}));
        assertEquals(Buffer.buffer(new byte[] {5, 3, 7, 1}), latencies.encoded());
        assertEquals(0.5, latencies.quantile(0.75));
        assertEquals(1.2, latencies.quantile(0.76));
    }

    private static void assertHolds(List<Double> times, Latencies latencies) {
        assertEquals(times.isEmpty(), latencies.isEmpty());
        assertEquals(times.isEmpty(), latencies.encoded() == null);
        assertEquals(times.isEmpty(), latencies.quantile(0.95) == null);
        List<Double> sorted = times.stream().sorted().toList();
        for (int rank = 1; rank <= sorted.size(); rank++) {
            double exact = sorted.get(rank - 1);
            double told = latencies.quantile((double) rank / sorted.size());
            assertEquals(exact, told, Math.max(0.1, exact / 100), "rank " + rank);
        }
    }

    private static void addEncoded(Latencies target, Latencies added) {
        Buffer encoded = added.encoded();
        if (encoded != null) {
            target.add(encoded);
        }
    }

    private static Latencies of(List<Double> millis) {
        Latencies latencies = new Latencies();
        millis.forEach(latencies::record);
        return latencies;
    }
}
