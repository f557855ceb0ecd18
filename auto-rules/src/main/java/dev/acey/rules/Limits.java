package dev.acey.rules;

/**
 * Every bound of the engine, in one place. What exceeds one is refused, always in the same words.
 */
public final class Limits {
    /** Rules in a set. */
    public static final int MAX_RULES = 200;

    /** Characters (UTF-16) of a rule set's source. */
    public static final int MAX_SOURCE = 131_072;

    /** Levels of nesting in a rule set's source. */
    public static final int MAX_SOURCE_DEPTH = 12;

    /** Code points of one CEL expression. */
    public static final int MAX_EXPRESSION = 4_000;

    /** Levels of nesting the CEL parser follows in one expression. */
    public static final int MAX_EXPRESSION_DEPTH = 40;

    /** Characters of one regular expression. */
    public static final int MAX_PATTERN = 1_000;

    /** Instructions of one regular expression, once compiled. */
    public static final int MAX_PATTERN_PROGRAM = 2_000;

    /** Parameters of one rule. */
    public static final int MAX_PARAMS = 20;

    /** Largest absolute value of a parameter. */
    public static final double MAX_PARAM = 1e12;

    /** Intent types one rule names, and fields one rule sets. */
    public static final int MAX_NAMES = 50;

    /** Characters of a reason or a description. */
    public static final int MAX_REASON = 500;

    /** Intents in an output. */
    public static final int MAX_INTENTS = 1_000;

    /** Characters of an intent's type. */
    public static final int MAX_INTENT_TYPE = 200;

    /** Levels of nesting in an output. */
    public static final int MAX_OUTPUT_DEPTH = 64;

    /** JSON values in an output. */
    public static final int MAX_OUTPUT_VALUES = 50_000;

    /**
     * Characters (UTF-16) of all keys and strings in an output: all that a regular expression sees.
     */
    public static final int MAX_OUTPUT_TEXT = 131_072;

    /** Findings in a verdict. */
    public static final int MAX_FINDINGS = 10_000;

    /** Work in one verdict, in units of roughly a tenth of a microsecond. */
    public static final long MAX_WORK = 10_000_000;

    /** Memories in a state. */
    public static final int MAX_MEMORIES = 500;

    /** Code points of one remembered text or justification. */
    public static final int MAX_STATE_TEXT = 2_000;

    /** Users whose trust a state holds. */
    public static final int MAX_TRUSTED_USERS = 10_000;

    /**
     * Trust deltas other than 0 in a minute, for one user. Further ones are set to 0: deltas of
     * different instants cannot be kept as one, because each leaves the last minute at its own.
     */
    public static final int MAX_DELTAS = 200;

    /** Moderation suggestions of the last five minutes in a state. */
    public static final int MAX_MODERATION = 500;

    /** Levels of nesting the canonical encoder follows. */
    static final int MAX_CANONICAL_DEPTH = 1_000;

    private Limits() {}
}
