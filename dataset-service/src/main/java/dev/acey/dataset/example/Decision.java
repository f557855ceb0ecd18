package dev.acey.dataset.example;

import dev.acey.kit.entry.LogEntry;

/** What was decided about an entry, as far as training cares. */
enum Decision {
    /** Approved, or delivered after a change. */
    ACCEPTED,
    REJECTED,
    /** Pending, or nobody judged it: not known to be good. */
    OPEN;

    static Decision of(LogEntry entry) {
        if (entry.controlDecision() == null) {
            return OPEN;
        }
        return switch (entry.controlDecision()) {
            case "approved", "modified" -> ACCEPTED;
            case "rejected" -> REJECTED;
            default -> OPEN;
        };
    }
}
