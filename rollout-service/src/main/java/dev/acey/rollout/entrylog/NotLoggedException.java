package dev.acey.rollout.entrylog;

import dev.acey.kit.problem.ProblemException;

/** The entries are not known to be stored: 503. */
public class NotLoggedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final boolean certain;

    NotLoggedException(boolean certain) {
        super(
                ProblemException.unavailable(
                                certain
                                        ? "Nothing was recorded and nothing was changed: log-service"
                                                + " is away."
                                        : "log-service did not say whether it recorded the call. If"
                                                + " it did, the call counts.")
                        .problem());
        this.certain = certain;
    }

    /** Whether the entries were certainly not stored; else they may be. */
    public boolean certain() {
        return certain;
    }
}
