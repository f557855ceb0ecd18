package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.longs.LongReader;
import dev.acey.dataset.longs.LongSort;
import dev.acey.dataset.longs.LongWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Joins all candidates of the dataset that have the same value, by sorting its hashes. Blocks. */
public final class SameValue {

    private static final int HASH_SHIFT = Ledger.ORDINAL_BITS;

    private SameValue() {}

    /** Joins exact duplicates. */
    public static void joinByKey(Candidates candidates, Ledger ledger, Groups groups)
            throws IOException {
        join(candidates, ledger, groups, ledger::keyHigh, ledger::sameKey);
    }

    /** Joins what belongs to one conversation. */
    public static void joinByConversation(Candidates candidates, Ledger ledger, Groups groups)
            throws IOException {
        join(
                candidates,
                ledger,
                groups,
                ledger::conversation,
                (one, other) -> ledger.conversation(one) == ledger.conversation(other));
    }

    private interface Value {
        long of(int ordinal);
    }

    private interface Equality {
        boolean holds(int one, int other);
    }

    private static void join(
            Candidates candidates, Ledger ledger, Groups groups, Value value, Equality same)
            throws IOException {
        Path unsorted = candidates.scratch("values");
        try (LongWriter out = new LongWriter(unsorted)) {
            for (int i = 0; i < ledger.count(); i++) {
                if (ledger.isChosen(i)) {
                    out.add(Candidates.pack(value.of(i) >>> HASH_SHIFT, i));
                }
            }
            out.end();
        }
        Path sorted = candidates.scratch("values.sorted");
        LongSort.sort(unsorted, sorted, candidates.scratch("values.scratch"));
        try (LongReader in = new LongReader(sorted)) {
            joinEqual(in, groups, same);
        }
        Files.delete(unsorted);
        Files.delete(sorted);
    }

    private static void joinEqual(LongReader in, Groups groups, Equality same) throws IOException {
        // One for each value; several only where different values have the same hash.
        List<Integer> values = new ArrayList<>();
        long last = 0;
        while (in.hasNext()) {
            long packed = in.next();
            if (!Candidates.sameHash(packed, last)) {
                values.clear();
            }
            last = packed;
            int ordinal = Candidates.ordinal(packed);
            Integer equal = find(values, ordinal, same);
            if (equal == null) {
                values.add(ordinal);
            } else {
                groups.join(equal, ordinal);
            }
        }
    }

    private static Integer find(List<Integer> values, int ordinal, Equality same) {
        for (Integer value : values) {
            if (same.holds(value, ordinal)) {
                return value;
            }
        }
        return null;
    }
}
