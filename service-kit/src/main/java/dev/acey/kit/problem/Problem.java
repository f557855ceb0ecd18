package dev.acey.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A problem document as RFC 9457 defines it, with {@code errors} for what is wrong field by field.
 *
 * @param type {@code about:blank}, or {@code urn:acey:problem:<name>} where a client may want to
 *     tell this problem from others of the same status
 * @param title the status in words
 * @param status the HTTP status, 400 to 599
 * @param detail what happened this time
 * @param instance the path that was asked, filled in by the mapper
 * @param errors which fields broke which rules; empty when the problem is not about fields
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static final String NAMED = "urn:acey:problem:";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem's status is 400 to 599, not " + status);
        }
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /** A problem of this status that is not about single fields. */
    public static Problem of(int status, String detail) {
        return new Problem("about:blank", titleOf(status), status, detail, null, List.of());
    }

    /** A problem of this status that names the fields. */
    public static Problem of(int status, String detail, List<FieldError> errors) {
        return new Problem("about:blank", titleOf(status), status, detail, null, errors);
    }

    /** A problem of this status that a client may want to tell from others by its name. */
    public static Problem named(String name, int status, String detail) {
        return new Problem(NAMED + name, titleOf(status), status, detail, null, List.of());
    }

    Problem at(String path) {
        return new Problem(type, title, status, detail, path, errors);
    }

    private static String titleOf(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
