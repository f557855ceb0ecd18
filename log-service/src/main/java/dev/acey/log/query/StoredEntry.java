package dev.acey.log.query;

import dev.acey.log.store.EntryRow;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/**
 * An entry as it is answered.
 *
 * @param json the whole entry, as UTF-8
 * @param bare whether its payload is past its retention
 */
record StoredEntry(Position position, Buffer json, boolean bare) {

    static StoredEntry of(Row row) {
        Position position = new Position(row.getOffsetDateTime(0).toInstant(), row.getUUID(1));
        return new StoredEntry(position, EntryRow.whole(row), EntryRow.isBare(row));
    }

    /** The entries one after the other, with this between them. */
    static Buffer join(List<StoredEntry> entries, char separator) {
        Buffer joined = Buffer.buffer();
        for (StoredEntry entry : entries) {
            if (joined.length() > 0) {
                joined.appendByte((byte) separator);
            }
            joined.appendBuffer(entry.json());
        }
        return joined;
    }
}
