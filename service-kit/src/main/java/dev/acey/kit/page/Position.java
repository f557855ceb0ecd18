package dev.acey.kit.page;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Where a page of a list ended that is ordered by the time its items were made and by their key.
 *
 * @param createdAt milliseconds, the years 1970 to 9998
 * @param key what tells items of one millisecond apart: a name, a hash
 */
public record Position(Instant createdAt, String key) {

    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    /** The opaque cursor of this position. */
    public String cursor() {
        return Cursor.encode(createdAt.toEpochMilli() + " " + key);
    }

    /**
     * Null without a cursor; 400 for one we did not make.
     *
     * @param keys what every key of the list looks like
     */
    public static Position of(String cursor, Pattern keys) {
        String text = Cursor.decode(cursor);
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        try {
            long millis = Long.parseLong(text.substring(0, Math.max(0, blank)));
            String key = text.substring(blank + 1);
            if (millis >= 0 && millis <= LATEST && keys.matcher(key).matches()) {
                return new Position(Instant.ofEpochMilli(millis), key);
            }
        } catch (NumberFormatException e) {
            throw Cursor.unknown();
        }
        throw Cursor.unknown();
    }
}
