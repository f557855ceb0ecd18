package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.steps.Step;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a workflow has written down: before a step acts, that it began; after it, what came of it.
 * This is the job's checkpoint, from which a later run goes on.
 */
@RegisterForReflection
record Notes(Map<Step, Note> steps) {

    /**
     * Of one step.
     *
     * @param firstRun the run of the job, counted from one, in which the step began
     * @param attempts runs it took; null until it ended
     * @param result what is known so far, in the end what came of it; null before that
     */
    @RegisterForReflection
    record Note(
            Instant startedAt, int firstRun, Instant endedAt, Integer attempts, JsonNode result) {

        boolean ended() {
            return endedAt != null;
        }

        int attemptsAt(int run) {
            return ended() ? attempts : run - firstRun + 1;
        }
    }

    static Notes read(JsonNode checkpoint, ObjectMapper json) {
        return checkpoint == null
                ? new Notes(Map.of())
                : json.convertValue(checkpoint, Notes.class);
    }

    /** Null before the step began. */
    Note of(Step step) {
        return steps.get(step);
    }

    Notes began(Step step, int run, Instant now) {
        return with(step, new Note(now, run, null, null, null));
    }

    /** What a step has written down; null where nothing is. */
    JsonNode resultOf(Step step) {
        JsonNode result = of(step) == null ? null : of(step).result();
        return result == null || result.isNull() ? null : result;
    }

    /** What a step that has begun knows so far. */
    Notes sofar(Step step, JsonNode result) {
        Note begun = of(step);
        return with(step, new Note(begun.startedAt(), begun.firstRun(), null, null, result));
    }

    /** What came of the steps that ended. */
    Map<Step, JsonNode> results() {
        Map<Step, JsonNode> results = new EnumMap<>(Step.class);
        steps.forEach(
                (step, note) -> {
                    if (note.ended() && resultOf(step) != null) {
                        results.put(step, note.result());
                    }
                });
        return results;
    }

    Notes ended(Step step, int run, Instant now, JsonNode result) {
        Note begun = of(step);
        return with(
                step,
                new Note(begun.startedAt(), begun.firstRun(), now, begun.attemptsAt(run), result));
    }

    private Notes with(Step step, Note note) {
        Map<Step, Note> next = new EnumMap<>(Step.class);
        next.putAll(steps);
        next.put(step, note);
        return new Notes(next);
    }
}
