package dev.acey.rollout.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries to ship, oldest first.
 *
 * @param end where the next ones begin
 */
record Batch(List<SpoolRecord> entries, SpoolPosition end) {

    /** Fills a batch from one segment after the other. */
    static final class Filling {

        private final int most;
        private final int mostBytes;
        private final List<SpoolRecord> entries = new ArrayList<>();
        private int bytes;
        private boolean full;

        Filling(int most, int mostBytes) {
            this.most = most;
            this.mostBytes = mostBytes;
        }

        /** Takes what fits; gives the offset of what comes next. */
        long takeFrom(SegmentReader in) throws IOException {
            long end = in.position();
            for (SpoolRecord record = in.next(); record != null; record = in.next()) {
                if (record.kind() == SpoolRecord.Kind.ENTRY && !take(record)) {
                    return end;
                }
                end = in.position();
                if (full) {
                    return end;
                }
            }
            return end;
        }

        boolean isFull() {
            return full;
        }

        Batch upTo(SpoolPosition end) {
            return new Batch(List.copyOf(entries), end);
        }

        /** The first entry always fits. */
        private boolean take(SpoolRecord entry) {
            if (!entries.isEmpty() && bytes + entry.line().length > mostBytes) {
                full = true;
                return false;
            }
            entries.add(entry);
            bytes += entry.line().length;
            full = entries.size() == most;
            return true;
        }
    }
}
