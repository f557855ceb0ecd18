package dev.acey.log.tally;

import java.util.Locale;

/** What is summed; each is a column of deltas and of roll-ups. */
public enum Sum {
    CONFIDENCE,
    /** Milliseconds. */
    RESPONSE_TIME,
    /** US dollars. */
    COST;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
