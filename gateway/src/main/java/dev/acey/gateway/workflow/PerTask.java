package dev.acey.gateway.workflow;

import dev.acey.gateway.calls.Approval;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks settings that are given by task. */
record PerTask(List<String> tasks) {

    private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final Pattern BASE_MODEL = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ACTOR = Pattern.compile("\\P{Cntrl}{1,200}");
    private static final int LONGEST_REASON = 500;

    /**
     * 400 for a task that is none of the workflow's, and for a value that breaks its rule.
     *
     * @param values null where the setting was not given
     * @param rule says what is wrong with a value, if anything
     */
    <T> void check(String setting, Map<String, T> values, Function<T, Optional<String>> rule) {
        if (values == null) {
            return;
        }
        List<FieldError> errors = new ArrayList<>();
        values.forEach(
                (task, value) -> {
                    String pointer = FieldError.child("/config/" + setting, task);
                    if (!tasks.contains(task)) {
                        errors.add(new FieldError(pointer, "must be for one of taskTypes"));
                    } else if (value == null) {
                        errors.add(new FieldError(pointer, "must not be null"));
                    } else {
                        rule.apply(value)
                                .ifPresent(wrong -> errors.add(new FieldError(pointer, wrong)));
                    }
                });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** A model as the registry names it. */
    static Optional<String> model(String name) {
        return MODEL.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("must be a model's name, such as acey-game-v2");
    }

    /** A model as its provider names it. */
    static Optional<String> baseModel(String name) {
        return BASE_MODEL.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("must be 1 to 200 visible ASCII characters");
    }

    static Optional<String> approval(Approval approval) {
        boolean named = approval.actor() != null && ACTOR.matcher(approval.actor()).matches();
        boolean explained =
                approval.reason() != null
                        && !approval.reason().isBlank()
                        && approval.reason().length() <= LONGEST_REASON;
        return named && explained
                ? Optional.empty()
                : Optional.of(
                        "must have an actor (1 to 200 printable characters) and a reason (up to "
                                + LONGEST_REASON
                                + ")");
    }
}
