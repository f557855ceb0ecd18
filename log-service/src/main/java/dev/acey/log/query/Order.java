package dev.acey.log.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** In which order entries are listed: by timestamp, then id. */
enum Order {
    OLDEST_FIRST(">", "ASC"),
    NEWEST_FIRST("<", "DESC");

    private static final UUID FIRST_ID = new UUID(0, 0);
    private static final UUID LAST_ID = new UUID(-1, -1);

    /** What a position after another one is, compared to it. */
    final String after;

    final String direction;

    Order(String after, String direction) {
        this.after = after;
        this.direction = direction;
    }

    /** The place after all entries of a day. */
    Position endOf(LocalDate day) {
        Instant first = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return this == NEWEST_FIRST
                ? new Position(first, FIRST_ID)
                : new Position(
                        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1),
                        LAST_ID);
    }

    /** Whether entries of a day may come after a position; null is before all. */
    boolean reaches(Position after, LocalDate day) {
        if (after == null) {
            return true;
        }
        return this == NEWEST_FIRST ? !day.isAfter(after.day()) : !day.isBefore(after.day());
    }
}
