package dev.acey.simulation.impact;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.sample.Window;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Over which calls to tell the impact.
 *
 * @param from the first instant, or the first day; a week before the end when missing
 * @param to the instant, or the day, before which they were; now when missing
 * @param taskType one or several; all when missing
 */
@RegisterForReflection
public record ImpactCommand(
        String from,
        String to,
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> taskType) {

    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final int MOST_TASKS = 64;

    /** Throws 400 naming each field that breaks a rule. */
    public ImpactCommand {
        taskType = taskType == null ? List.of() : taskType;
        List<FieldError> errors = new ArrayList<>();
        if (taskType.size() > MOST_TASKS) {
            errors.add(new FieldError("/taskType", "must be at most " + MOST_TASKS + " types"));
        } else if (taskType.stream()
                .anyMatch(t -> t == null || !LogEntryReader.TASK_TYPE.matcher(t).matches())) {
            errors.add(
                    new FieldError(
                            "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern()));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        Instant first = Query.time("from", from);
        Instant end = Query.time("to", to);
        if (first != null && end != null && !first.isBefore(end)) {
            throw ProblemException.invalid("/to", "must be after from");
        }
    }

    /** The time meant; its end is fixed, so that what comes later is not part of it. */
    Window window(Instant now) {
        Instant end = to == null ? now : Query.time("to", to);
        Instant first = from == null ? end.minus(A_WEEK) : Query.time("from", from);
        if (!first.isBefore(end)) {
            throw ProblemException.invalid("/from", "must be before to, which is now if missing");
        }
        return new Window(taskType, JsonConventions.format(first), JsonConventions.format(end));
    }
}
