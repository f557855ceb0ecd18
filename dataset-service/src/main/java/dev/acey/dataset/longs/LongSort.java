package dev.acey.dataset.longs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.PriorityQueue;

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
                Arrays.sort(some, 0, count);
                for (int i = 0; i < count; i++) {
                    out.add(some[i]);
                }
            }
            out.end();
        }
    }

    private static void merge(FileChannel runs, long bytes, LongWriter out) throws IOException {
        PriorityQueue<Head> heads = new PriorityQueue<>();
        for (long from = 0; from < runs.size(); from += bytes) {
            heads.add(Head.of(new LongReader(runs, from, from + bytes)));
        }
        boolean first = true;
        long last = 0;
        while (!heads.isEmpty()) {
            Head head = heads.poll();
            if (first || head.number != last) {
                out.add(head.number);
            }
            first = false;
            last = head.number;
            if (head.rest.hasNext()) {
                heads.add(Head.of(head.rest));
            }
        }
    }

    /** The first number that is left of a run. */
    private record Head(long number, LongReader rest) implements Comparable<Head> {

        static Head of(LongReader run) throws IOException {
            return new Head(run.next(), run);
        }

        @Override
        public int compareTo(Head other) {
            return Long.compare(number, other.number);
        }
    }
}
