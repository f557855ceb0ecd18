package dev.acey.rollout.channel;

import dev.acey.kit.problem.ProblemException;

/** A channel's state cannot be read right now, and nothing was done: 503. */
public class StateUnavailableException extends ProblemException {

    private static final long serialVersionUID = 1L;

    StateUnavailableException() {
        super(
                ProblemException.unavailable("The channel's state cannot be reached right now.")
                        .problem());
    }
}
