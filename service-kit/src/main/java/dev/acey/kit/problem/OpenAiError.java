package dev.acey.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.stream.Collectors;

/**
 * A problem as OpenAI's clients read it.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI: error codes</a>
 */
@RegisterForReflection
record OpenAiError(Detail error) {

    /**
     * @param type the family of the status
     * @param param the field at fault, as in {@code messages[0].content}, or null
     * @param code the problem's name where it has one, or null
     */
    @RegisterForReflection
    @JsonInclude
    record Detail(String message, String type, String param, String code) {}

    static OpenAiError of(Problem problem) {
        return new OpenAiError(
                new Detail(
                        message(problem), type(problem.status()), param(problem), code(problem)));
    }

    private static String message(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().stream()
                        .map(e -> (dotted(e.pointer()) + " " + e.detail()).strip())
                        .collect(Collectors.joining("; "));
    }

    private static String param(Problem problem) {
        return problem.errors().isEmpty() || problem.errors().get(0).pointer().isEmpty()
                ? null
                : dotted(problem.errors().get(0).pointer());
    }

    private static String code(Problem problem) {
        return problem.type().startsWith(Problem.NAMED)
                ? problem.type().substring(Problem.NAMED.length())
                : null;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String dotted(String pointer) {
        StringBuilder dotted = new StringBuilder();
        for (String step : pointer.split("/")) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (name.matches("\\d+")) {
                dotted.append('[').append(name).append(']');
            } else {
                dotted.append(dotted.isEmpty() ? "" : ".").append(name);
            }
        }
        return dotted.toString();
    }
}
