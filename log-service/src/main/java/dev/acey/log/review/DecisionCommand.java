package dev.acey.log.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.body.Words;
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
        Words.checkName("reviewer", reviewer, errors);
        Words.checkText("reason", reason, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
