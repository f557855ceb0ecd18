package dev.acey.rollout.spool;

import dev.acey.kit.problem.ProblemException;

/** A call cannot be recorded, so that it is not made or not answered: 503. */
public class SpoolFullException extends ProblemException {

    private static final long serialVersionUID = 1L;

    SpoolFullException(String why) {
        super(ProblemException.unavailable("The call cannot be recorded: " + why).problem());
    }
}
