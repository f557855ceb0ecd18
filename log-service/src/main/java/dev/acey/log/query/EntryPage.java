package dev.acey.log.query;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Some entries in order.
 *
 * @param next where to go on, or null if there is nothing after
 */
record EntryPage(List<StoredEntry> entries, Position next) {

    /** {@code {logs: […], nextCursor}}. */
    Buffer toJson() {
        return Buffer.buffer("{\"logs\":[")
                .appendBuffer(StoredEntry.join(entries, ','))
                .appendString("],\"nextCursor\":")
                .appendString(next == null ? "null" : '"' + next.cursor() + '"')
                .appendString("}");
    }
}
