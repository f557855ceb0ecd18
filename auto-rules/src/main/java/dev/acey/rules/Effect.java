package dev.acey.rules;

import java.util.Locale;

/** What a rule does when its condition holds, the strongest first. */
public enum Effect {
    /** Block the whole output. */
    REJECT,
    /** Keep the whole output for a person. */
    HOLD,
    /** Take the intent out and queue it for a person; the rest goes on. */
    REVIEW,
    /** Take the intent out. */
    DROP,
    /** Change fields, for example clamp a number. */
    SET,
    /** Note it, change nothing. */
    FLAG;

    /** The name as it stands in JSON and in a rule set, for example {@code reject}. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this effect concerns one intent, so that a rule on speech or output cannot have it.
     */
    boolean takesIntentOut() {
        return this == REVIEW || this == DROP;
    }
}
