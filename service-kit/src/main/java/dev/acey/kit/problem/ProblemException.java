package dev.acey.kit.problem;

import java.util.List;

/**
 * Ends a request with a problem document. Thrown or failed with anywhere; {@link ProblemMappers}
 * writes the answer. It carries no stack trace: it is an answer, not a defect.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(describe(problem), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public int status() {
        return problem.status();
    }

    /** Seconds for {@code Retry-After}: set for 429 and 503, else 0. */
    public int retryAfterSeconds() {
        return status() == 429 || status() == 503 ? RETRY_AFTER_SECONDS : 0;
    }

    /** 400: one field broke a rule. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(new FieldError(pointer, detail)));
    }

    /** 400: these fields broke rules. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(Problem.of(400, "The request breaks a rule.", errors));
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(404, detail));
    }

    /** 409: not in this state. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, detail));
    }

    /** 422: understood, but refused by policy. */
    public static ProblemException refused(String pointer, String detail) {
        return new ProblemException(
                Problem.of(422, detail, List.of(new FieldError(pointer, detail))));
    }

    /** 503: something this needs is not there right now. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(503, detail));
    }

    private static String describe(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.detail() + " " + problem.errors();
    }
}
