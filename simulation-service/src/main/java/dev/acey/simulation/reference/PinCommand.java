package dev.acey.simulation.reference;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.sample.Selection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which outputs become a task's reference: a random sample of its live calls, or the logged calls
 * of a simulation.
 *
 * @param from the first instant, or the first day; from the beginning when missing
 * @param to the instant, or the day, before which they ended; until now when missing
 * @param sampleSize 60 to 1,000 calls; 500 when missing
 * @param seed of the sample; 0 when missing
 * @param simulationId instead of the four above
 * @param actor who pins it, 1 to 200 characters without control characters; may be missing
 */
@RegisterForReflection
public record PinCommand(
        String from, String to, Integer sampleSize, Long seed, String simulationId, String actor) {

    private static final int DEFAULT_SAMPLE = 500;
    private static final Pattern ACTOR = Pattern.compile("\\P{Cntrl}{1,200}");

    /** Throws 400 naming each field that breaks a rule. */
    public PinCommand {
        List<FieldError> errors = new ArrayList<>();
        Instant first = Query.time("from", from);
        Instant end = Query.time("to", to);
        if (first != null && end != null && !first.isBefore(end)) {
            errors.add(new FieldError("/to", "must be after from"));
        }
        if (sampleSize != null && (sampleSize < Drift.ENOUGH || sampleSize > Drift.MOST_OUTPUTS)) {
            errors.add(
                    new FieldError(
                            "/sampleSize",
                            "must be a number from " + Drift.ENOUGH + " to " + Drift.MOST_OUTPUTS));
        }
        if (simulationId != null
                && (from != null || to != null || sampleSize != null || seed != null)) {
            errors.add(
                    new FieldError(
                            "/simulationId",
                            "must not be given together with from, to, sampleSize or seed"));
        }
        if (simulationId != null && !isId(simulationId)) {
            errors.add(new FieldError("/simulationId", "must be the id of a simulation"));
        }
        if (actor != null && !ACTOR.matcher(actor).matches()) {
            errors.add(
                    new FieldError(
                            "/actor", "must be 1 to 200 characters without control characters"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    Selection selection(String taskType) {
        return new Selection(
                List.of(taskType),
                from,
                to,
                sampleSize == null ? Integer.valueOf(DEFAULT_SAMPLE) : sampleSize,
                seed == null ? Long.valueOf(0) : seed);
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
