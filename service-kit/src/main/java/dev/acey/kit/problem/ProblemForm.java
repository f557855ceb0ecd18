package dev.acey.kit.problem;

import jakarta.ws.rs.core.MediaType;

/**
 * The form a problem is told in: a problem document, and under {@code /v1} what that protocol's
 * clients read.
 *
 * @param body to be written as JSON
 */
public record ProblemForm(String mediaType, Object body) {

    private static final String OPENAI = "/v1/";

    /** The problem as it is told at this path. */
    public static ProblemForm of(Problem problem, String path) {
        return path.startsWith(OPENAI)
                ? new ProblemForm(MediaType.APPLICATION_JSON, OpenAiError.of(problem))
                : new ProblemForm(Problem.MEDIA_TYPE, problem.at(path));
    }
}
