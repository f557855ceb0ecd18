package dev.acey.log.retention;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of how long things are kept; what is missing stays as it is.
 *
 * @param logRetentionDays 1 to 3650
 * @param payloadRetentionDays 1 to 3650, at most logRetentionDays where both are given
 * @param archiveRetentionDays 1 to 3650
 * @param actor who changes it, 1 to 200 characters without control characters; may be missing
 */
@RegisterForReflection
public record RetentionCommand(
        Integer logRetentionDays,
        Integer payloadRetentionDays,
        Integer archiveRetentionDays,
        String actor) {

    private static final int LONGEST_ACTOR = 200;

    /** Throws 400 naming each field that breaks a rule. */
    public RetentionCommand {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "/logRetentionDays", logRetentionDays);
        check(errors, "/payloadRetentionDays", payloadRetentionDays);
        check(errors, "/archiveRetentionDays", archiveRetentionDays);
        if (logRetentionDays != null
                && payloadRetentionDays != null
                && payloadRetentionDays > logRetentionDays) {
            errors.add(new FieldError("/payloadRetentionDays", "must be at most logRetentionDays"));
        }
        if (actor != null
                && (actor.isEmpty()
                        || actor.length() > LONGEST_ACTOR
                        || actor.chars().anyMatch(Character::isISOControl))) {
            errors.add(
                    new FieldError(
                            "/actor",
                            "must be 1 to "
                                    + LONGEST_ACTOR
                                    + " characters without control characters"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static void check(List<FieldError> errors, String pointer, Integer days) {
        if (days != null && (days < 1 || days > RetentionSettings.LONGEST)) {
            errors.add(
                    new FieldError(
                            pointer,
                            "must be a number of days from 1 to " + RetentionSettings.LONGEST));
        }
    }
}
