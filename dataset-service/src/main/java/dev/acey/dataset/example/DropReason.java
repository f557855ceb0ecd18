package dev.acey.dataset.example;

/** Why an entry gave no example, in the order in which an entry is looked at. */
public enum DropReason {
    /** The call failed; {@code invalid} to a client. */
    FAILED_CALL,
    /** Simulation, test or shadow traffic; {@code invalid} to a client. */
    NOT_LIVE,
    REJECTED,
    /** Waits for a person, or nobody judged it. */
    PENDING,
    LOW_CONFIDENCE,
    /** Nothing was asked or nothing was answered. */
    EMPTY,
    /** The format cannot say it, such as an image in the prompt; {@code invalid} to a client. */
    NOT_CONVERTIBLE,
    /**
     * Gives no preference of its own: nothing better or worse answers its prompt, or it is the
     * better answer; {@code invalid} to a client.
     */
    UNPAIRED,
    DUPLICATE,
    NEAR_DUPLICATE,
    /** One too many that no person reviewed; {@code overLimit} to a client. */
    UNREVIEWED,
    OVER_LIMIT
}
