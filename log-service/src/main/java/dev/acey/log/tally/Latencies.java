package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of response times that can be merged with others: an HdrHistogram of tenths of a
 * millisecond with two significant digits, so that what it tells is within 1 % or a tenth of a
 * millisecond, whichever is more. It grows with the longest time in it, which is a day at most.
 *
 * <p>It is written as the cells that hold something, in order: the distance to the one before and
 * the count, as variable-length integers. Adding them to another is several times faster than
 * HdrHistogram's own encoding, in which every cell is visited. While there are few times no
 * histogram is made: most deltas hold no more.
 */
final class Latencies {

    static final int FEW = 32;

    private static final int DIGITS = 2;
    private static final double UNITS_A_MILLI = 10;
    private static final double ROUNDING = 1e-9;

    /** Knows the cells; it never holds anything. */
    private static final Histogram CELLS = new Histogram(DIGITS);

    /** The middle of each one's cell. */
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
        put(CELLS.medianEquivalentValue(Math.round(millis * UNITS_A_MILLI)), 1);
    }

    void add(Buffer encoded) {
        int[] position = {0};
        long time = 0;
        while (position[0] < encoded.length()) {
            time += read(encoded, position);
            put(time, read(encoded, position));
        }
    }

    void add(Latencies other) {
        if (other.histogram != null) {
            asHistogram().add(other.histogram);
        }
        for (int i = 0; i < other.length; i++) {
            put(other.list[i], 1);
        }
    }

    /**
     * Takes out what was put in before. What was never put in cannot be taken out and is left: the
     * times of entries that were stored before there were histograms.
     */
    void subtract(Latencies other) {
        if (other.histogram != null) {
            for (HistogramIterationValue value : other.histogram.recordedValues()) {
                take(middle(value), value.getCountAtValueIteratedTo());
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
        ByteArrayOutputStream cells = new ByteArrayOutputStream();
        long last = 0;
        if (histogram == null) {
            for (int time : sorted()) {
                write(time - last, cells);
                write(1, cells);
                last = time;
            }
        } else {
            for (HistogramIterationValue value : histogram.recordedValues()) {
                write(middle(value) - last, cells);
                write(value.getCountAtValueIteratedTo(), cells);
                last = middle(value);
            }
        }
        return Buffer.buffer(cells.toByteArray());
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
            int rank = (int) Math.ceil(share * length - ROUNDING);
            return sorted()[Math.max(rank, 1) - 1] / UNITS_A_MILLI;
        }
        long value = histogram.getValueAtPercentile(100 * share);
        return CELLS.medianEquivalentValue(value) / UNITS_A_MILLI;
    }

    private void put(long time, long count) {
        if (histogram != null || length + count > FEW) {
            asHistogram().recordValueWithCount(time, count);
            return;
        }
        if (length + count > list.length) {
            list = Arrays.copyOf(list, Math.min(FEW, 2 * (length + (int) count)));
        }
        Arrays.fill(list, length, length + (int) count, (int) time);
        length += (int) count;
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
        long left = count;
        for (int i = length - 1; i >= 0 && left > 0; i--) {
            if (list[i] == time) {
                list[i] = list[--length];
                left--;
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

    private int[] sorted() {
        int[] sorted = Arrays.copyOf(list, length);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long middle(HistogramIterationValue value) {
        return CELLS.medianEquivalentValue(value.getValueIteratedTo());
    }

    private static void write(long number, ByteArrayOutputStream target) {
        long rest = number;
        while (rest > 0x7f) {
            target.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        target.write((int) rest);
    }

    private static long read(Buffer source, int[] position) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = source.getByte(position[0]++);
            number |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }
}
