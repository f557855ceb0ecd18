package dev.acey.log.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.body.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What somebody says about an entry.
 *
 * @param metric what is judged, such as {@code helpful}: {@code ^[A-Za-z][A-Za-z0-9_.-]{0,63}$}
 * @param value true or false, a number from 0 to 1, or a demonstration: the aceyOutput that had
 *     been right
 * @param comment up to 10,000 characters; may be missing
 * @param reviewer who says so, 1 to 200 characters without control characters; may be missing
 */
@RegisterForReflection
public record FeedbackCommand(
        String metric,
        @Schema(description = "true or false, a number from 0 to 1, or {speech, intents}")
                JsonNode value,
        String comment,
        String reviewer) {

    private static final Pattern METRIC = Pattern.compile("^[A-Za-z][A-Za-z0-9_.-]{0,63}$");

    /** Throws 400 naming each field that breaks a rule. */
    public FeedbackCommand {
        List<FieldError> errors = new ArrayList<>();
        if (metric == null) {
            errors.add(new FieldError("/metric", "is required"));
        } else if (!METRIC.matcher(metric).matches()) {
            errors.add(new FieldError("/metric", "must match " + METRIC.pattern()));
        }
        checkValue(value, errors);
        Words.checkText("comment", comment, errors);
        Words.checkName("reviewer", reviewer, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** True is 1, false 0, a number itself; null for a demonstration. */
    Double score() {
        if (value.isBoolean()) {
            return value.booleanValue() ? 1.0 : 0.0;
        }
        return value.isNumber() ? Double.valueOf(value.doubleValue()) : null;
    }

    private static void checkValue(JsonNode value, List<FieldError> errors) {
        if (value == null || value.isNull()) {
            errors.add(new FieldError("/value", "is required"));
        } else if (value.isNumber()) {
            if (value.doubleValue() < 0 || value.doubleValue() > 1) {
                errors.add(new FieldError("/value", "must be a number from 0 to 1"));
            }
        } else if (value.isObject()) {
            errors.addAll(LogEntryReader.checkOutput(value, "/value"));
            if (!value.hasNonNull("speech") && !value.hasNonNull("intents")) {
                errors.add(new FieldError("/value", "must have a speech or intents"));
            }
        } else if (!value.isBoolean()) {
            errors.add(
                    new FieldError(
                            "/value",
                            "must be true or false, a number from 0 to 1, or an object with speech"
                                    + " and intents"));
        }
    }
}
