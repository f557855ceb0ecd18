package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of response times that can be merged with others: an HdrHistogram of tenths of a
 * millisecond with two significant digits, so that what it tells is within 1 % or a tenth of a
 * millisecond, whichever is more. It grows with the longest time in it, which is a day at most.
 *
 * <p>Up to {@value #FEW} times are kept as they are: most deltas and many roll-ups hold no more,
 * and a histogram costs a hundred times as much to make.
 */
final class Latencies {

    static final int FEW = 32;

    private static final int DIGITS = 2;
    private static final double UNITS_A_MILLI = 10;
    private static final double ROUNDING = 1e-9;

    /** No histogram begins with this byte: theirs is that of HdrHistogram's cookie. */
    private static final byte LIST = 0;

    private int[] list = {};
    private int length;

    /** Null while there are few. */
    private Histogram histogram;

    boolean isEmpty() {
        return histogram == null ? length == 0 : histogram.getTotalCount() == 0;
    }

    /**
     * @param millis 0 to a day
     */
    void record(double millis) {
        put((int) Math.round(millis * UNITS_A_MILLI));
    }

    void add(Buffer encoded) {
        add(decode(encoded));
    }

    void add(Latencies other) {
        if (other.histogram != null) {
            asHistogram().add(other.histogram);
        }
        for (int i = 0; i < other.length; i++) {
            put(other.list[i]);
        }
    }

    /**
     * Takes out what was put in before. What was never put in cannot be taken out and is left: the
     * times of entries that were stored before there were histograms.
     */
    void subtract(Latencies other) {
        if (other.histogram != null) {
            asHistogram();
            for (HistogramIterationValue value : other.histogram.recordedValues()) {
                take(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
            }
        }
        for (int i = 0; i < other.length; i++) {
            take(other.list[i], 1);
        }
    }

    /** Null when it is empty. */
    Buffer encoded() {
        if (isEmpty()) {
            return null;
        }
        ByteBuffer room;
        if (histogram == null) {
            room = ByteBuffer.allocate(1 + length * Integer.BYTES).put(LIST);
            for (int i = 0; i < length; i++) {
                room.putInt(list[i]);
            }
        } else {
            room = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            histogram.encodeIntoByteBuffer(room);
        }
        return Buffer.buffer(room.position()).appendBytes(room.array(), 0, room.position());
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
        if (histogram == null) {
            int[] sorted = Arrays.copyOf(list, length);
            Arrays.sort(sorted);
            int rank = (int) Math.ceil(share * length - ROUNDING);
            return sorted[Math.max(rank, 1) - 1] / UNITS_A_MILLI;
        }
        long value = histogram.getValueAtPercentile(100 * share);
        return histogram.medianEquivalentValue(value) / UNITS_A_MILLI;
    }

    private void put(int time) {
        if (histogram != null || length == FEW) {
            asHistogram().recordValue(time);
        } else {
            if (length == list.length) {
                list = Arrays.copyOf(list, Math.min(FEW, 4 + 2 * length));
            }
            list[length++] = time;
        }
    }

    private void take(long time, long count) {
        if (histogram != null) {
            // Asked for a value beyond its range, a histogram answers with the last one in it.
            long there = time > histogram.getMaxValue() ? 0 : histogram.getCountAtValue(time);
            if (there > 0) {
                histogram.recordValueWithCount(time, -Math.min(there, count));
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            if (list[i] == time) {
                list[i] = list[--length];
                return;
            }
        }
    }

    private Histogram asHistogram() {
        if (histogram == null) {
            histogram = new Histogram(DIGITS);
            for (int i = 0; i < length; i++) {
                histogram.recordValue(list[i]);
            }
            length = 0;
        }
        return histogram;
    }

    private static Latencies decode(Buffer encoded) {
        Latencies latencies = new Latencies();
        ByteBuffer bytes = ByteBuffer.wrap(encoded.getBytes());
        if (encoded.getByte(0) == LIST) {
            bytes.get();
            while (bytes.hasRemaining()) {
                latencies.put(bytes.getInt());
            }
        } else {
            latencies.histogram = Histogram.decodeFromByteBuffer(bytes, 0);
            latencies.histogram.setAutoResize(true);
        }
        return latencies;
    }
}
