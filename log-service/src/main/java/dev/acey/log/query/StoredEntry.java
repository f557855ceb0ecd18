package dev.acey.log.query;

import dev.acey.log.store.EntryJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/**
 * An entry as it is answered.
 *
 * @param json the whole entry, as UTF-8
 */
record StoredEntry(Position position, Buffer json) {

    /** What {@link #of} reads, of an entry {@code e} and its payload {@code p}. */
    static final String COLUMNS = "e.ts, e.id, e.decision, e.final_action, e.review, p.body";

    /** The payload of an entry {@code e}: looked up row by row, whatever the statistics say. */
    static final String WITH_PAYLOAD =
            """
             CROSS JOIN LATERAL (
              SELECT body FROM payload WHERE payload.day = e.day AND payload.id = e.id OFFSET 0
            ) p
            """;

    static StoredEntry of(Row row) {
        Position position = new Position(row.getOffsetDateTime(0).toInstant(), row.getUUID(1));
        return new StoredEntry(
                position,
                EntryJson.whole(
                        row.get(Buffer.class, 5),
                        row.getString(2),
                        row.get(Buffer.class, 3),
                        row.get(Buffer.class, 4)));
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
