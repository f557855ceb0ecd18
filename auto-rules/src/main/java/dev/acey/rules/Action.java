package dev.acey.rules;

import java.util.Locale;

/** What the caller does with an output. */
public enum Action {
    /** Deliver the output as it is. */
    DELIVER,
    /** Deliver {@link Verdict#output()}, which differs from what the model gave. */
    DELIVER_MODIFIED,
    /** Deliver nothing. */
    BLOCK,
    /** Deliver nothing until a person has decided. */
    HOLD_FOR_REVIEW;

    /** The name as it stands in JSON, for example {@code hold_for_review}. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
