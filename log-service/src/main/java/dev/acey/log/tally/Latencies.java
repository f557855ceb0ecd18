package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of response times that can be merged with others: an HdrHistogram of tenths of a
 * millisecond with two significant digits, so that what it tells is within 1 % or a tenth of a
 * millisecond, whichever is more. It grows with the longest time in it, which is a day at most.
 */
final class Latencies {

    private static final int DIGITS = 2;
    private static final double UNITS_A_MILLI = 10;

    private Histogram histogram;

    boolean isEmpty() {
        return histogram == null || histogram.getTotalCount() == 0;
    }

    /**
     * @param millis 0 to a day
     */
    void record(double millis) {
        mine().recordValue(Math.round(millis * UNITS_A_MILLI));
    }

    void add(Buffer encoded) {
        mine().add(decode(encoded));
    }

    void add(Latencies other) {
        if (!other.isEmpty()) {
            mine().add(other.histogram);
        }
    }

    /**
     * Takes out what was put in before. What was never put in cannot be taken out and is left: the
     * times of entries that were stored before there were histograms.
     */
    void subtract(Latencies other) {
        if (other.isEmpty() || isEmpty()) {
            return;
        }
        // Asked for a value beyond its range, a histogram answers with the last one in it.
        long last = histogram.getMaxValue();
        for (HistogramIterationValue value : other.histogram.recordedValues()) {
            long time = value.getValueIteratedTo();
            long there = time > last ? 0 : histogram.getCountAtValue(time);
            histogram.recordValueWithCount(
                    time, -Math.min(there, value.getCountAtValueIteratedTo()));
        }
    }

    /** Null when it is empty. */
    Buffer encoded() {
        if (isEmpty()) {
            return null;
        }
        ByteBuffer room = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(room);
        return Buffer.buffer(length).appendBytes(room.array(), 0, length);
    }

    /**
     * Milliseconds; null when it is empty.
     *
     * @param share 0.95 for the time that 95 % of the calls did not exceed
     */
    Double quantile(double share) {
        if (isEmpty()) {
            return null;
        }
        long value = histogram.getValueAtPercentile(100 * share);
        return histogram.medianEquivalentValue(value) / UNITS_A_MILLI;
    }

    private Histogram mine() {
        if (histogram == null) {
            histogram = new Histogram(DIGITS);
        }
        return histogram;
    }

    private static Histogram decode(Buffer encoded) {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded.getBytes()), 0);
    }
}
