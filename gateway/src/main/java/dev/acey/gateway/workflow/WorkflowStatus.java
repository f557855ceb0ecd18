package dev.acey.gateway.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.steps.Step;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobError;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Progress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A workflow as its client sees it.
 *
 * @param status running, waiting, completed, failed or cancelled
 * @param startedAt when it was ordered
 * @param endedAt null before its end
 * @param error why it failed, or the fault because of which a step is being tried again
 * @param loop what a workflow with a schedule has started; missing for one without
 */
@RegisterForReflection
public record WorkflowStatus(
        String workflowId,
        JobState status,
        List<StepStatus> steps,
        WorkflowConfig config,
        Progress progress,
        Instant startedAt,
        Instant endedAt,
        JobError error,
        @JsonInclude(JsonInclude.Include.NON_NULL) LoopNotes loop) {

    /** Where a step stands. JSON spells it in lower case. */
    public enum State {
        PENDING,
        RUNNING,
        /** For a person, a rollout or a training job. */
        WAITING,
        COMPLETED,
        FAILED,
        CANCELLED,
        SKIPPED;

        @JsonValue
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A step.
     *
     * @param attempts how often it was begun
     * @param result what is known so far, in the end what came of it; null before that
     * @param error why it failed, or why it is being tried again
     */
    @RegisterForReflection
    public record StepStatus(
            String name,
            State status,
            Instant startedAt,
            Instant endedAt,
            int attempts,
            JsonNode result,
            JobError error) {}

    static WorkflowStatus of(Job job, ObjectMapper json) {
        Job shown = job.shown();
        WorkflowConfig config = WorkflowOrder.of(job, json).config();
        boolean loops = config.schedule() != null;
        Notes notes = loops ? new Notes(Map.of()) : Notes.read(job.checkpoint(), json);
        List<StepStatus> steps =
                Arrays.stream(Step.values())
                        .map(step -> step(step, config, notes.of(step), shown))
                        .toList();
        return new WorkflowStatus(
                job.name(),
                shown.state(),
                steps,
                config,
                job.progress(),
                job.createdAt(),
                job.endedAt(),
                job.error(),
                loops ? LoopNotes.read(job.checkpoint(), json) : null);
    }

    private static StepStatus step(Step step, WorkflowConfig config, Notes.Note note, Job job) {
        if (note == null) {
            State state = step.isIn(config) ? State.PENDING : State.SKIPPED;
            return new StepStatus(step.title(), state, null, null, 0, null, null);
        }
        State state = note.ended() ? State.COMPLETED : underWay(job);
        return new StepStatus(
                step.title(),
                state,
                note.startedAt(),
                note.ended() ? note.endedAt() : job.endedAt(),
                note.attemptsAt(job.attempts()),
                note.result(),
                note.ended() ? null : job.error());
    }

    private static State underWay(Job job) {
        return switch (job.state()) {
            case FAILED -> State.FAILED;
            case CANCELLED -> State.CANCELLED;
            case WAITING -> State.WAITING;
            default -> State.RUNNING;
        };
    }
}
