package dev.acey.log.query;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Some entries in order.
 *
 * @param next where to go on, or null if there is nothing after
 */
record EntryPage(List<StoredEntry> entries, Position next) {

    /** Of the last entry, on a page that has one. */
    Position last() {
        return entries.get(entries.size() - 1).position();
    }

    /** Without the entries whose payload is gone: nothing can be learnt or replayed from them. */
    EntryPage withPayloads() {
        return new EntryPage(entries.stream().filter(entry -> !entry.bare()).toList(), next);
    }

    /** {@code {nextCursor, logs: […]}}: who reads it may ask for the next page at once. */
    Buffer toJson() {
        return Buffer.buffer("{\"nextCursor\":")
                .appendString(next == null ? "null" : '"' + next.cursor() + '"')
                .appendString(",\"logs\":[")
                .appendBuffer(StoredEntry.join(entries, ','))
                .appendString("]}");
    }
}
