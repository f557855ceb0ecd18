package dev.acey.log.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person decided.
 *
 * @param decision approved, modified, rejected or pending
 * @param finalAction what is done in the end, any JSON; missing leaves the one that is there
 * @param reviewer who decided, 1 to 200 characters without control characters; may be missing
 * @param reason why, up to 10,000 characters; may be missing
 */
@RegisterForReflection
public record DecisionCommand(
        String decision, JsonNode finalAction, String reviewer, String reason) {

    private static final int LONGEST_REVIEWER = 200;
    private static final int LONGEST_REASON = 10_000;

    /** Throws 400 naming each field that breaks a rule. */
    public DecisionCommand {
        List<FieldError> errors = new ArrayList<>();
        if (decision == null) {
            errors.add(new FieldError("/decision", "is required"));
        } else if (!LogEntryReader.DECISIONS.contains(decision)) {
            errors.add(
                    new FieldError(
                            "/decision",
                            "must be one of " + String.join(", ", LogEntryReader.DECISIONS)));
        }
        finalAction = finalAction == null || finalAction.isNull() ? null : finalAction;
        if (reviewer != null && !isName(reviewer)) {
            errors.add(
                    new FieldError(
                            "/reviewer",
                            "must be 1 to "
                                    + LONGEST_REVIEWER
                                    + " characters without control characters"));
        }
        if (reason != null && reason.length() > LONGEST_REASON) {
            errors.add(
                    new FieldError("/reason", "must be at most " + LONGEST_REASON + " characters"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_REVIEWER
                && text.chars().noneMatch(Character::isISOControl);
    }
}
