package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.steps.Step;
import dev.acey.gateway.steps.StepAction;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.event.Event;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes the steps that are switched on, one after the other, from wherever the run before came to.
 * A step that had begun is done again; its idempotency keys keep it from doubling anything.
 */
@Singleton
class WorkflowJob implements JobHandler {

    static final String KIND = "workflow";

    private final Map<Step, StepAction> actions = new EnumMap<>(Step.class);
    private final ObjectMapper json;
    private final Clock clock;

    WorkflowJob(@All List<StepAction> actions, ObjectMapper json, Clock clock) {
        actions.forEach(action -> this.actions.put(action.step(), action));
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        WorkflowConfig config = WorkflowOrder.of(run.job(), json).config();
        AtomicReference<Notes> notes =
                new AtomicReference<>(Notes.read(run.job().checkpoint(), json));
        List<Step> steps = Arrays.stream(Step.values()).filter(s -> s.isIn(config)).toList();
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(
                        step ->
                                take(step, config, run, notes)
                                        .chain(
                                                () ->
                                                        run.progress(
                                                                steps.indexOf(step) + 1L,
                                                                steps.size())))
                .collect()
                .last()
                .replaceWith((JsonNode) null);
    }

    private Uni<Void> take(
            Step step, WorkflowConfig config, JobRun run, AtomicReference<Notes> notes) {
        Notes.Note note = notes.get().of(step);
        if (note != null && note.ended()) {
            return Uni.createFrom().voidItem();
        }
        int thisRun = run.job().attempts();
        // Written once: a checkpoint at each attempt would clear the job's count of faults in a
        // row.
        Uni<Void> intent =
                note != null
                        ? Uni.createFrom().voidItem()
                        : write(
                                run,
                                notes,
                                notes.get().began(step, thisRun, clock.instant()),
                                event("step.started", run.job(), step));
        return intent.chain(() -> actions.get(step).run(run.job().name(), config))
                .chain(
                        result ->
                                write(
                                        run,
                                        notes,
                                        notes.get().ended(step, thisRun, clock.instant(), result),
                                        event("step.completed", run.job(), step)));
    }

    private Uni<Void> write(JobRun run, AtomicReference<Notes> notes, Notes next, Event told) {
        notes.set(next);
        return run.checkpoint(json.valueToTree(next), List.of(told));
    }

    /** {@code workflow.completed}, {@code workflow.failed}, {@code workflow.cancelled}. */
    @Override
    public Optional<Event> ended(Job job) {
        Notes notes = Notes.read(job.checkpoint(), json);
        Step underWay =
                Arrays.stream(Step.values())
                        .filter(step -> notes.of(step) != null && !notes.of(step).ended())
                        .findFirst()
                        .orElse(null);
        return Optional.of(event(job.state().json(), job, underWay));
    }

    private Event event(String what, Job job, Step step) {
        ObjectNode data = json.createObjectNode().put("workflowId", job.name());
        if (step != null) {
            data.put("step", step.title());
        }
        return Event.of(KIND + "." + what, KIND + ":" + job.name(), data, clock.instant());
    }
}
