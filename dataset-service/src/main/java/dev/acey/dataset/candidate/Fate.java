package dev.acey.dataset.candidate;

/** What becomes of a candidate. */
public enum Fate {
    /** It is in the dataset. */
    CHOSEN,
    DUPLICATE,
    NEAR_DUPLICATE,
    /** One too many that no person reviewed. */
    UNREVIEWED,
    /** One too many. */
    OVER_LIMIT;

    private static final Fate[] ALL = values();

    static Fate of(byte code) {
        return ALL[code];
    }
}
