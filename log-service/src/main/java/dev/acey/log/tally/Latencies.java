package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * A distribution of response times that can be merged with others: the cells of an HdrHistogram of
 * tenths of a millisecond with two significant digits, so that what it tells is within 1 % or a
 * tenth of a millisecond, whichever is more. Only cells that hold something are kept: figures are
 * made of thousands of small distributions, and a histogram of all cells is mostly empty.
 *
 * <p>It is written as its cells in order: the distance to the one before and the count, as
 * variable-length integers.
 */
final class Latencies {

    private static final int DIGITS = 2;
    private static final double UNITS_A_MILLI = 10;
    private static final double ROUNDING = 1e-9;

    /** Up to this fraction of the cells that are there, others are put in one by one. */
    private static final int MUCH_SMALLER = 4;

    /** Knows the cells; it never holds anything. */
    private static final Histogram CELLS = new Histogram(DIGITS);

    /** The middles of the cells, ascending; a day has less than 2^30 tenths of a millisecond. */
    private int[] times = {};

    /** How often each, at least once. */
    private long[] counts = {};

    private int cells;

    boolean isEmpty() {
        return cells == 0;
    }

    /**
     * @param millis 0 to a day
     */
    void record(double millis) {
        put((int) CELLS.medianEquivalentValue(Math.round(millis * UNITS_A_MILLI)), 1);
    }

    void add(Buffer encoded) {
        if (isEmpty()) {
            decode(encoded.getBytes());
        } else {
            Latencies other = new Latencies();
            other.decode(encoded.getBytes());
            add(other);
        }
    }

    void add(Latencies other) {
        if (other.cells <= cells / MUCH_SMALLER) {
            for (int i = 0; i < other.cells; i++) {
                put(other.times[i], other.counts[i]);
            }
        } else {
            merge(other);
        }
    }

    /**
     * Takes out what was put in before. What was never put in cannot be taken out and is left: the
     * times of entries that were stored before there were histograms.
     */
    void subtract(Latencies other) {
        for (int i = 0; i < other.cells; i++) {
            int place = Arrays.binarySearch(times, 0, cells, other.times[i]);
            if (place >= 0) {
                counts[place] -= Math.min(counts[place], other.counts[i]);
            }
        }
        int kept = 0;
        for (int i = 0; i < cells; i++) {
            if (counts[i] > 0) {
                times[kept] = times[i];
                counts[kept++] = counts[i];
            }
        }
        cells = kept;
    }

    /** Null when it is empty. */
    Buffer encoded() {
        if (isEmpty()) {
            return null;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (int i = 0; i < cells; i++) {
            write(times[i] - (i == 0 ? 0 : times[i - 1]), encoded);
            write(counts[i], encoded);
        }
        return Buffer.buffer(encoded.toByteArray());
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
        long total = 0;
        for (int i = 0; i < cells; i++) {
            total += counts[i];
        }
        long rank = (long) Math.ceil(share * total - ROUNDING);
        int cell = 0;
        for (long passed = counts[0]; passed < rank; passed += counts[cell]) {
            cell++;
        }
        return times[cell] / UNITS_A_MILLI;
    }

    private void put(int time, long count) {
        int place = Arrays.binarySearch(times, 0, cells, time);
        if (place >= 0) {
            counts[place] += count;
            return;
        }
        place = -place - 1;
        if (cells == times.length) {
            resize(Math.max(8, 2 * cells));
        }
        System.arraycopy(times, place, times, place + 1, cells - place);
        System.arraycopy(counts, place, counts, place + 1, cells - place);
        times[place] = time;
        counts[place] = count;
        cells++;
    }

    private void merge(Latencies other) {
        Latencies both = new Latencies();
        both.resize(cells + other.cells);
        int mine = 0;
        int theirs = 0;
        while (mine < cells || theirs < other.cells) {
            int time =
                    theirs == other.cells || (mine < cells && times[mine] <= other.times[theirs])
                            ? times[mine]
                            : other.times[theirs];
            long count = 0;
            if (mine < cells && times[mine] == time) {
                count += counts[mine++];
            }
            if (theirs < other.cells && other.times[theirs] == time) {
                count += other.counts[theirs++];
            }
            both.append(time, count);
        }
        times = both.times;
        counts = both.counts;
        cells = both.cells;
    }

    /** A cell may be there several times in a row: so it was written once. */
    private void decode(byte[] encoded) {
        // A cell takes at least two bytes.
        resize(encoded.length / 2);
        int[] position = {0};
        long time = 0;
        while (position[0] < encoded.length) {
            long distance = read(encoded, position);
            long count = read(encoded, position);
            time += distance;
            if (distance == 0 && cells > 0) {
                counts[cells - 1] += count;
            } else {
                append((int) time, count);
            }
        }
    }

    private void append(int time, long count) {
        times[cells] = time;
        counts[cells++] = count;
    }

    private void resize(int room) {
        times = Arrays.copyOf(times, room);
        counts = Arrays.copyOf(counts, room);
    }

    private static void write(long number, ByteArrayOutputStream target) {
        long rest = number;
        while (rest > 0x7f) {
            target.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        target.write((int) rest);
    }

    private static long read(byte[] source, int[] position) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = source[position[0]++];
            number |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }
}
