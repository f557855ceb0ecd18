package dev.acey.gateway.calls;

import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;

/** A service understood the call and said no: to ask again would not help. */
public class RefusedByService extends ProblemException {

    private static final long serialVersionUID = 1L;

    RefusedByService(int status, String detail) {
        super(Problem.of(status, detail));
    }
}
