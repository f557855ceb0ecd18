package dev.acey.rollout.model;

import dev.acey.kit.page.Cursor;
import java.time.Instant;

/** Where a page of the registry ended. */
record Position(Instant createdAt, String name) {

    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    String cursor() {
        return Cursor.encode(createdAt.toEpochMilli() + " " + name);
    }

    /** Null without a cursor; 400 for one we did not make. */
    static Position of(String cursor) {
        String text = Cursor.decode(cursor);
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        try {
            long millis = Long.parseLong(text.substring(0, Math.max(0, blank)));
            String name = text.substring(blank + 1);
            if (millis >= 0 && millis <= LATEST && Models.NAME.matcher(name).matches()) {
                return new Position(Instant.ofEpochMilli(millis), name);
            }
        } catch (NumberFormatException e) {
            throw Cursor.unknown();
        }
        throw Cursor.unknown();
    }
}
