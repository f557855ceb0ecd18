package dev.acey.rules;

/** A rule set that is not one: where, and what is wrong with it. */
public final class RuleSetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final int line;
    private final String ruleId;

    /**
     * @param detail what is wrong
     * @param line counted from 1; 0 where no line can be named
     * @param ruleId the rule, or null where it is not about one
     */
    RuleSetException(String detail, int line, String ruleId) {
        super(
                (line > 0 ? "line " + line + ": " : "")
                        + (ruleId == null ? "" : "rule " + ruleId + ": ")
                        + detail);
        this.detail = detail;
        this.line = line;
        this.ruleId = ruleId;
    }

    /** What is wrong, without line and rule; {@link #getMessage} has all three. */
    public String detail() {
        return detail;
    }

    /** The line of the source, counted from 1; 0 where no line can be named. */
    public int line() {
        return line;
    }

    /** The rule, or null where it is not about one. */
    public String ruleId() {
        return ruleId;
    }
}
