package dev.acey.log.query;

import dev.acey.kit.page.Cursor;
import dev.acey.log.store.Days;
import dev.acey.log.store.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A place in the order of entries. */
record Position(Instant ts, UUID id) {

    private static final int UUID_LENGTH = 36;

    LocalDate day() {
        return Days.of(ts);
    }

    String cursor() {
        return Cursor.encode(ts.toEpochMilli() + ":" + id);
    }

    /** The place a cursor names; null without one; 400 for a cursor that no list here gave. */
    static Position of(String cursor) {
        String text = Cursor.decode(cursor);
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() != colon + 1 + UUID_LENGTH) {
            throw Cursor.unknown();
        }
        try {
            Instant ts = Instant.ofEpochMilli(Long.parseLong(text, 0, colon, 10));
            return new Position(TimeRange.clamp(ts), UUID.fromString(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw Cursor.unknown();
        }
    }
}
