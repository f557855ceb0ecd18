package dev.acey.kit.audit;

import java.time.Instant;
import java.util.List;

/**
 * Which links, and where a page of them begins. Times are between the years 1 and 9999.
 *
 * @param subjects any of these; empty for all
 * @param from not before this; null for no bound
 * @param to before this; null for no bound
 * @param before where the page before ended, null for the first
 * @param limit 1 to {@value Stretch#LONGEST}
 */
public record AuditFilter(
        List<String> subjects, Instant from, Instant to, Place before, int limit) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public AuditFilter {
        from = within(from);
        to = within(to);
    }

    /**
     * A place among links that are ordered by their time and, within a millisecond, by their seq.
     */
    public record Place(Instant at, long seq) {

        public Place {
            at = within(at);
        }
    }

    /** The database knows fewer years than Java; no link is outside of these. */
    private static Instant within(Instant time) {
        if (time == null) {
            return null;
        }
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }
}
