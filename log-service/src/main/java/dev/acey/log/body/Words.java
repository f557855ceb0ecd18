package dev.acey.log.body;

import dev.acey.kit.problem.FieldError;
import java.util.List;

/** Rules for what people write about entries. */
public final class Words {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 10_000;

    private Words() {}

    /** A person's name, if there is one: 1 to 200 characters without control characters. */
    public static void checkName(String field, String name, List<FieldError> errors) {
        if (name != null && !isName(name)) {
            errors.add(
                    new FieldError(
                            "/" + field,
                            "must be 1 to "
                                    + LONGEST_NAME
                                    + " characters without control characters"));
        }
    }

    /** Free text, if there is any: up to 10,000 characters. */
    public static void checkText(String field, String text, List<FieldError> errors) {
        if (text != null && text.length() > LONGEST_TEXT) {
            errors.add(
                    new FieldError("/" + field, "must be at most " + LONGEST_TEXT + " characters"));
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().noneMatch(Character::isISOControl);
    }
}
