package dev.acey.kit.problem;

import jakarta.ws.rs.core.MediaType;

/**
 * The form a problem is told in: a problem document, and under {@code /v1} and {@code /ofrep} what
 * those protocols' clients read.
 *
 * @param body to be written as JSON
 */
public record ProblemForm(String mediaType, Object body) {

    private static final String OPENAI = "/v1/";
    private static final String OFREP = "/ofrep/";

    /** The problem as it is told at this path. */
    public static ProblemForm of(Problem problem, String path) {
        if (path.startsWith(OPENAI)) {
            return new ProblemForm(MediaType.APPLICATION_JSON, OpenAiError.of(problem));
        } else if (path.startsWith(OFREP)) {
            return new ProblemForm(MediaType.APPLICATION_JSON, OfrepError.of(problem));
        }
        return new ProblemForm(Problem.MEDIA_TYPE, problem.at(path));
    }
}
