package dev.acey.rules;

/**
 * Counts the work of one verdict, before it is done, by what the rules and the output could make
 * necessary at worst. It counts instead of looking at a clock, so that the same input is given up
 * on, or not, everywhere alike.
 */
final class Work {
    /** What a failed evaluation takes beyond a plain one. */
    static final long FAILURE = 300;

    /** What a failure takes that the expression goes on after. */
    static final long ABSORBED_FAILURE = 120;

    private static final long MADE_VALUE = Limits.MAX_WORK / Limits.MAX_OUTPUT_VALUES;
    private static final long MADE_CHAR = Limits.MAX_WORK / Limits.MAX_OUTPUT_TEXT;

    private static final long CHARS_PER_UNIT = 100;
    private static final long CODE_POINTS_PER_UNIT = 10;
    private static final long REGEX_STEPS_PER_UNIT = 5;

    private long used;

    long used() {
        return used;
    }

    boolean isExhausted() {
        return used > Limits.MAX_WORK;
    }

    /**
     * @throws WorkExhausted when this is more than a verdict may take
     */
    void charge(long units) {
        used = Math.min(used + units, Limits.MAX_WORK + 1);
        if (isExhausted()) {
            throw new WorkExhausted();
        }
    }

    void chargeRegex(int chars, int programSize) {
        charge(1 + (long) chars * programSize / REGEX_STEPS_PER_UNIT);
    }

    /** A rule makes a value: all of them together are no more than an output may hold. */
    void chargeMade(int chars) {
        charge(MADE_VALUE + chars * MADE_CHAR);
    }

    /** So many texts may be compared, so many code points of each. */
    void chargeComparisons(int texts, int codePoints) {
        charge(1 + texts * (1L + codePoints / CODE_POINTS_PER_UNIT));
    }

    void chargeSearch(int chars, int needleChars) {
        charge(1 + (long) chars * needleChars / CHARS_PER_UNIT);
    }

    /** How much a number of JSON values and of characters adds to whatever reads all of them. */
    static long size(long values, long chars) {
        return values + chars / CHARS_PER_UNIT;
    }

    /** More work than one verdict may take. Carries no stack trace: it is control flow. */
    static final class WorkExhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        WorkExhausted() {
            super("more work than one verdict may take", null, false, false);
        }
    }
}
