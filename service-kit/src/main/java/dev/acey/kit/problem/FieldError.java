package dev.acey.kit.problem;

/**
 * One rule that one field broke.
 *
 * @param pointer JSON Pointer (RFC 6901) into the request body, or {@code /name} of a query
 *     parameter
 * @param detail the rule, in words
 */
public record FieldError(String pointer, String detail) {

    /** The pointer of a field below another: its name is escaped as RFC 6901 asks. */
    public static String child(String parent, String field) {
        return parent + "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
