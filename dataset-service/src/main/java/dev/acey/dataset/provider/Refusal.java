package dev.acey.dataset.provider;

import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;

/** A provider understood and said no: asking again does not change that. */
public final class Refusal extends ProblemException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    /**
     * @param what it was asked
     * @param answer its own words
     */
    public Refusal(String what, String answer) {
        super(Problem.of(422, "The provider refuses " + what + ": " + shorten(answer)));
    }

    private static String shorten(String answer) {
        return answer.length() <= LONGEST ? answer : answer.substring(0, LONGEST) + " …";
    }
}
