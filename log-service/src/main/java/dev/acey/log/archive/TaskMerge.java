package dev.acey.log.archive;

import dev.acey.log.archive.Manifest.Part;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.EntryRow;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Writes a task's file anew from what it holds and from what is stored now, both in order. What is
 * stored wins; where its payload is gone from there, the file's is kept. Blocks.
 */
final class TaskMerge implements Closeable {

    private final PartReader old;
    private final PartWriter out;
    private final Predicate<byte[]> withdrawn;
    private long dropped;

    /**
     * @param old the file so far, or null
     * @param withdrawn which entries that only the file has are to go
     */
    TaskMerge(String taskType, Path old, Path target, Predicate<byte[]> withdrawn) {
        this.old = old == null ? null : new PartReader(old);
        this.out = new PartWriter(taskType, target);
        this.withdrawn = withdrawn;
    }

    void add(Row row) {
        ArchivedLine stored =
                new ArchivedLine(row.getOffsetDateTime(0).toInstant(), row.getUUID(1), null);
        while (peek() != null && peek().compareTo(stored) < 0) {
            keep(old.take());
        }
        ArchivedLine same = null;
        if (peek() != null && peek().compareTo(stored) == 0) {
            same = old.take();
        }
        if (!row.getBoolean("erased")) {
            Buffer whole =
                    EntryRow.isBare(row) && same != null
                            ? EntryRow.whole(row, EntryJson.payloadOf(same.json()))
                            : EntryRow.whole(row);
            out.write(whole.getBytes());
        }
    }

    /** Takes over the rest. */
    Part finish() {
        while (peek() != null) {
            keep(old.take());
        }
        return out.finish();
    }

    /** How many were withdrawn. */
    long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        out.close();
        if (old != null) {
            old.close();
        }
    }

    private ArchivedLine peek() {
        return old == null ? null : old.peek();
    }

    private void keep(ArchivedLine line) {
        if (withdrawn.test(line.json())) {
            dropped++;
        } else {
            out.write(line.json());
        }
    }
}
