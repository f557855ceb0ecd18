package dev.acey.log.store;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A span of time.
 *
 * @param from inclusive, or null for the beginning
 * @param to exclusive, or null for the end
 */
public record TimeRange(Instant from, Instant to) {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Reads the parameters {@code from} and {@code to}; 400 unless from is before to. */
    public static TimeRange of(String from, String to) {
        Instant start = clamp(Query.time("from", from));
        Instant end = clamp(Query.time("to", to));
        if (start != null && end != null && !start.isBefore(end)) {
            throw ProblemException.invalid("/to", "must be after from");
        }
        return new TimeRange(start, end);
    }

    /** The first instant, the earliest there is for an open beginning. */
    public Instant start() {
        return from == null ? FIRST : from;
    }

    /** The instant after the last one, the latest there is for an open end. */
    public Instant end() {
        return to == null ? LAST : to;
    }

    /** Adds the condition that an entry is of this time. */
    public void addTo(Where where) {
        if (from != null) {
            where.and("day >= " + Days.literal(Days.of(from)));
            where.and("ts >= " + where.argument(asArgument(from)));
        }
        if (to != null) {
            where.and("day <= " + Days.literal(Days.of(to)));
            where.and("ts < " + where.argument(asArgument(to)));
        }
    }

    /** Whether an instant is of this time. */
    public boolean holds(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** Whether any instant of a day is of this time. */
    public boolean touches(LocalDate day) {
        return (from == null || !day.isBefore(Days.of(from)))
                && (to == null || !day.isAfter(Days.of(to)));
    }

    /** The nearest instant that an entry could be of; null stays null. */
    public static Instant clamp(Instant time) {
        if (time == null || (!time.isBefore(FIRST) && !time.isAfter(LAST))) {
            return time;
        }
        return time.isBefore(FIRST) ? FIRST : LAST;
    }

    /** An instant as the database client takes it. */
    public static OffsetDateTime asArgument(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
