package dev.acey.gateway.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a workflow with a schedule has come.
 *
 * @param next when it starts a workflow next
 * @param runs the workflows it started last, newest first
 * @param passedOver how often the one before had not ended when its time came
 */
@RegisterForReflection
public record LoopNotes(Instant next, List<Run> runs, long passedOver) {

    private static final int KEPT = 20;

    /**
     * A workflow that was started.
     *
     * @param due when it was to start
     */
    @RegisterForReflection
    public record Run(String workflowId, Instant due) {}

    static LoopNotes read(JsonNode checkpoint, ObjectMapper json) {
        try {
            return checkpoint == null
                    ? new LoopNotes(null, List.of(), 0)
                    : json.treeToValue(checkpoint, LoopNotes.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored workflow holds unreadable notes", e);
        }
    }

    LoopNotes next(Instant time) {
        return new LoopNotes(time, runs, passedOver);
    }

    LoopNotes started(String workflowId, Instant then) {
        List<Run> latest = new ArrayList<>(runs.subList(0, Math.min(runs.size(), KEPT - 1)));
        latest.add(0, new Run(workflowId, next));
        return new LoopNotes(then, List.copyOf(latest), passedOver);
    }

    LoopNotes passedOver(Instant then) {
        return new LoopNotes(then, runs, passedOver + 1);
    }
}
