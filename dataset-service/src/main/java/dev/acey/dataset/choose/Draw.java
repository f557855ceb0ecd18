package dev.acey.dataset.choose;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.longs.LongReader;
import dev.acey.dataset.longs.LongSort;
import dev.acey.dataset.longs.LongWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/**
 * An order by chance that a seed decides: the same seed and examples give the same order, and an
 * example's place among others does not depend on who else is there.
 */
final class Draw {

    private static final int HASH_SHIFT = Ledger.ORDINAL_BITS;

    private final Candidates candidates;
    private final Ledger ledger;
    private final long seed;

    Draw(Candidates candidates, Ledger ledger, long seed) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.seed = seed;
    }

    interface Step {
        void take(int ordinal) throws IOException;
    }

    /** Gives each candidate of which this holds, in the order drawn. Blocks. */
    void each(IntPredicate which, Step step) throws IOException {
        Path unsorted = candidates.scratch("draw");
        try (LongWriter out = new LongWriter(unsorted)) {
            for (int i = 0; i < ledger.count(); i++) {
                if (which.test(i)) {
                    out.add(Candidates.pack(hash(ledger.keyHigh(i)) >>> HASH_SHIFT, i));
                }
            }
            out.end();
        }
        Path sorted = candidates.scratch("draw.sorted");
        LongSort.sort(unsorted, sorted, candidates.scratch("draw.scratch"));
        try (LongReader in = new LongReader(sorted)) {
            while (in.hasNext()) {
                step.take(Candidates.ordinal(in.next()));
            }
        }
        Files.delete(unsorted);
        Files.delete(sorted);
    }

    /** The finaliser of SplitMix64 over key and seed. */
    private long hash(long key) {
        long x = key ^ (seed * 0x9e3779b97f4a7c15L);
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
