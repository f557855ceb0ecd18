package dev.acey.simulation.criteria;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.correctness.OutputCheck;
import dev.acey.simulation.correctness.OutputRules;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A task's {@link TaskCriteria} as they are to be; what is missing is as by default.
 *
 * @param reason why; required
 * @param actor who; anonymous when missing
 */
@RegisterForReflection
public record CriteriaCommand(
        Integer leastPrompts,
        Double rejectionTolerance,
        Double flipTolerance,
        Double confidenceTolerance,
        Double errorTolerance,
        Double invalidTolerance,
        Double preferenceTolerance,
        Double leastAgreement,
        JsonNode schema,
        List<String> allowedIntents,
        Map<String, List<String>> requiredFields,
        String reason,
        String actor) {

    private static final int MOST_PROMPTS = 10_000;
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_SCHEMA = 64 << 10;
    private static final int MOST_NAMES = 200;
    private static final Pattern ACTOR = Pattern.compile("\\P{Cntrl}{1,200}");

    /** Throws 400 naming each field that breaks a rule. */
    public CriteriaCommand {
        List<FieldError> errors = new ArrayList<>();
        share(errors, "rejectionTolerance", rejectionTolerance);
        share(errors, "flipTolerance", flipTolerance);
        share(errors, "confidenceTolerance", confidenceTolerance);
        share(errors, "errorTolerance", errorTolerance);
        share(errors, "invalidTolerance", invalidTolerance);
        share(errors, "preferenceTolerance", preferenceTolerance);
        share(errors, "leastAgreement", leastAgreement);
        if (leastPrompts != null && (leastPrompts < 1 || leastPrompts > MOST_PROMPTS)) {
            add(errors, "leastPrompts", "must be a number from 1 to " + MOST_PROMPTS);
        }
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            add(errors, "reason", "is required, up to " + LONGEST_REASON + " characters");
        }
        if (actor != null && !ACTOR.matcher(actor).matches()) {
            add(errors, "actor", "must be 1 to 200 characters, none of them a control character");
        }
        names(errors, "allowedIntents", allowedIntents);
        if (requiredFields != null) {
            if (requiredFields.size() > MOST_NAMES) {
                add(errors, "requiredFields", "must be at most " + MOST_NAMES + " types");
            }
            requiredFields.forEach(
                    (type, fields) -> {
                        if (fields == null) {
                            add(errors, "requiredFields", "must name fields for each type");
                        }
                        names(errors, FieldError.child("requiredFields", type), fields);
                    });
        }
        if (schema != null && schema.toString().length() > LONGEST_SCHEMA) {
            add(errors, "schema", "must be at most " + LONGEST_SCHEMA + " characters");
        } else if (schema != null && !schema.isObject() && !schema.isNull()) {
            add(errors, "schema", "must be an object");
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /**
     * These criteria, as the next version.
     *
     * @throws ProblemException 400 for a schema that is none. CPU-bound: belongs on a worker
     */
    TaskCriteria of(String taskType, int version, Instant now) {
        TaskCriteria usual = TaskCriteria.defaults(taskType);
        OutputRules output = new OutputRules(schema, allowedIntents, requiredFields);
        try {
            OutputCheck.of(output);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/schema", "is no JSON Schema: " + e.getMessage());
        }
        return new TaskCriteria(
                taskType,
                version,
                leastPrompts == null ? usual.leastPrompts() : leastPrompts,
                or(rejectionTolerance, usual.rejectionTolerance()),
                or(flipTolerance, usual.flipTolerance()),
                or(confidenceTolerance, usual.confidenceTolerance()),
                or(errorTolerance, usual.errorTolerance()),
                or(invalidTolerance, usual.invalidTolerance()),
                or(preferenceTolerance, usual.preferenceTolerance()),
                leastAgreement,
                output,
                actor == null ? "anonymous" : actor,
                reason,
                now);
    }

    private static double or(Double given, double usual) {
        return given == null ? usual : given;
    }

    private static void share(List<FieldError> errors, String field, Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            add(errors, field, "must be a number from 0 to 1");
        }
    }

    private static void names(List<FieldError> errors, String field, List<String> names) {
        if (names != null
                && (names.size() > MOST_NAMES
                        || names.stream()
                                .anyMatch(
                                        name ->
                                                name == null
                                                        || name.isEmpty()
                                                        || name.length() > 64))) {
            add(errors, field, "must be at most " + MOST_NAMES + " names of 1 to 64 characters");
        }
    }

    private static void add(List<FieldError> errors, String field, String rule) {
        errors.add(new FieldError(field.startsWith("/") ? field : "/" + field, rule));
    }
}
