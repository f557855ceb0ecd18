package dev.acey.rollout.rules;

import dev.acey.kit.page.Cursor;
import java.time.Instant;

/** Where a page of rule sets ended. */
record Position(Instant createdAt, String hash) {

    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    static String cursorAfter(StoredRuleSet last) {
        return Cursor.encode(last.createdAt().toEpochMilli() + " " + last.hash());
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
            String hash = text.substring(blank + 1);
            if (millis >= 0 && millis <= LATEST && RuleSets.HASH.matcher(hash).matches()) {
                return new Position(Instant.ofEpochMilli(millis), hash);
            }
        } catch (NumberFormatException e) {
            throw Cursor.unknown();
        }
        throw Cursor.unknown();
    }
}
