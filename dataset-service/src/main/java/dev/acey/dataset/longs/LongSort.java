package dev.acey.dataset.longs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Sorts a file of numbers by runs that fit in memory and are merged afterwards. Memory is bounded
 * by one run while they are made, and by 32 KiB for each run while they are merged.
 */
public final class LongSort {

    private static final int RUN = 4 << 20;

    private LongSort() {}

    /**
     * Writes a new file with the same numbers in ascending order, each once.
     *
     * @param scratch a new file for the runs, deleted afterwards
     */
    public static void sort(Path numbers, Path sorted, Path scratch) throws IOException {
        sort(numbers, sorted, scratch, RUN);
    }

    static void sort(Path numbers, Path sorted, Path scratch, int run) throws IOException {
        makeRuns(numbers, scratch, run);
        try (FileChannel runs = FileChannel.open(scratch, StandardOpenOption.READ);
                LongWriter out = new LongWriter(sorted)) {
            merge(runs, run * (long) Long.BYTES, out);
            out.end();
        }
        Files.delete(scratch);
    }

    private static void makeRuns(Path numbers, Path scratch, int run) throws IOException {
        try (LongReader in = new LongReader(numbers);
                LongWriter out = new LongWriter(scratch)) {
            long[] some = new long[(int) Math.min(run, Files.size(numbers) / Long.BYTES)];
            while (in.hasNext()) {
                int count = 0;
                while (count < some.length && in.hasNext()) {
                    some[count++] = in.next();
                }
                Arrays.parallelSort(some, 0, count);
                for (int i = 0; i < count; i++) {
                    out.add(some[i]);
                }
            }
            out.end();
        }
    }

    private static void merge(FileChannel runs, long bytes, LongWriter out) throws IOException {
        Heads heads = new Heads((int) ((runs.size() + bytes - 1) / bytes));
        for (long from = 0; from < runs.size(); from += bytes) {
            heads.add(new LongReader(runs, from, from + bytes));
        }
        boolean first = true;
        long last = 0;
        while (!heads.isEmpty()) {
            long number = heads.next();
            if (first || number != last) {
                out.add(number);
            }
            first = false;
            last = number;
        }
    }
}
