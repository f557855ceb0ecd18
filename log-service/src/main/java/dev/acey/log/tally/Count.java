package dev.acey.log.tally;

import java.util.Locale;

/** What is counted; each is a column of deltas and of roll-ups. */
public enum Count {
    ENTRIES,
    /** Entries of calls that failed. */
    FAILED,
    APPROVED,
    MODIFIED,
    REJECTED,
    PENDING,
    /** Entries in which a rule found something. */
    APPLICATIONS,
    /** Entries that have a confidence. */
    CONFIDENCES,
    /** Entries that have a response time. */
    RESPONSE_TIMES,
    /** Feedback that says good or bad. */
    FEEDBACK,
    /** Feedback that says good: true, or a number of at least 0.5. */
    POSITIVE,
    PROMPT_TOKENS,
    COMPLETION_TOKENS;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
