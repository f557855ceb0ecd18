package dev.acey.rules;

/** A state that is not one: which field, and the rule it breaks. */
public final class RuleStateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String pointer;
    private final String rule;

    RuleStateException(String pointer, String rule) {
        super((pointer.isEmpty() ? "the state" : pointer) + " " + rule);
        this.pointer = pointer;
        this.rule = rule;
    }

    /** JSON Pointer (RFC 6901) of the field, empty for the state itself. */
    public String pointer() {
        return pointer;
    }

    /** What must hold, for example {@code must be a number from 0 to 1}. */
    public String rule() {
        return rule;
    }
}
