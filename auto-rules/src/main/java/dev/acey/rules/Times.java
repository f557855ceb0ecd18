package dev.acey.rules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Instants as the API writes them: UTC, the years 0 to 9999, exactly three fractional digits. */
final class Times {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Times() {}

    static boolean isInRange(Instant at) {
        return !at.isBefore(FIRST) && !at.isAfter(LAST);
    }

    /**
     * @throws IllegalArgumentException outside the years 0 to 9999
     */
    static Instant toMillis(Instant at) {
        if (!isInRange(at)) {
            throw new IllegalArgumentException("must be a time in the years 0000 to 9999");
        }
        return at.getNano() % 1_000_000 == 0 ? at : at.truncatedTo(ChronoUnit.MILLIS);
    }

    static String format(Instant at) {
        return FORMAT.format(at);
    }

    /**
     * @throws IllegalArgumentException for anything but an ISO 8601 instant in range
     */
    static Instant parse(String text) {
        try {
            return toMillis(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be an ISO 8601 time ending in Z", e);
        }
    }

    /** Seconds from one instant to another, exact to the millisecond; negative if it lies ahead. */
    static double secondsBetween(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / 1000.0;
    }
}
