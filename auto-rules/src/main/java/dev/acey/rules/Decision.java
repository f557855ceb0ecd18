package dev.acey.rules;

import java.util.Locale;

/** What the rules make of a whole output. */
public enum Decision {
    /** Delivered as the model gave it. */
    APPROVED,
    /** Delivered with intents taken out or fields changed. */
    MODIFIED,
    /** Not delivered. */
    REJECTED,
    /** Something waits for a person: the whole output, or the intents under review. */
    PENDING;

    /** The name as it stands in JSON, for example {@code approved}. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
