package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.steps.Step;
import dev.acey.gateway.steps.StepAction;
import dev.acey.gateway.steps.StepOutcome;
import dev.acey.gateway.steps.StepRun;
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
 * A step that had begun goes on from what it had written down; its idempotency keys keep it from
 * doubling anything. A workflow with a schedule takes no step itself, it starts others.
 */
@Singleton
class WorkflowJob implements JobHandler {

    static final String KIND = "workflow";

    private final Map<Step, StepAction> actions = new EnumMap<>(Step.class);
    private final WorkflowLoop loop;
    private final ObjectMapper json;
    private final Clock clock;

    WorkflowJob(@All List<StepAction> actions, WorkflowLoop loop, ObjectMapper json, Clock clock) {
        actions.forEach(action -> this.actions.put(action.step(), action));
        this.loop = loop;
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
        if (config.schedule() != null) {
            return loop.run(run, config);
        }
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
                                List.of(event("step.started", run.job(), step)));
        return intent.chain(() -> act(step, config, run, notes));
    }

    private Uni<Void> act(
            Step step, WorkflowConfig config, JobRun run, AtomicReference<Notes> notes) {
        JsonNode sofar = notes.get().resultOf(step);
        StepRun given =
                new StepRun(
                        run.job().name(),
                        run.job().restarts(),
                        config,
                        sofar,
                        notes.get().results());
        return actions.get(step)
                .run(given)
                .chain(
                        outcome -> {
                            if (outcome instanceof StepOutcome.Done done) {
                                return end(step, run, notes, done.result());
                            }
                            Uni<Void> noted =
                                    outcome.result().equals(sofar)
                                            ? Uni.createFrom().voidItem()
                                            : write(
                                                    run,
                                                    notes,
                                                    notes.get().sofar(step, outcome.result()),
                                                    List.of());
                            return outcome instanceof StepOutcome.Waits waits
                                    ? noted.chain(() -> park(run, waits))
                                    : noted.chain(() -> act(step, config, run, notes));
                        });
    }

    private Uni<Void> park(JobRun run, StepOutcome.Waits waits) {
        return run.parkUntil(clock.instant().plus(waits.lookAgain())).replaceWithVoid();
    }

    private Uni<Void> end(Step step, JobRun run, AtomicReference<Notes> notes, JsonNode result) {
        return write(
                run,
                notes,
                notes.get().ended(step, run.job().attempts(), clock.instant(), result),
                List.of(event("step.completed", run.job(), step)));
    }

    private Uni<Void> write(
            JobRun run, AtomicReference<Notes> notes, Notes next, List<Event> told) {
        notes.set(next);
        return run.checkpoint(json.valueToTree(next), told);
    }

    /** {@code workflow.completed}, {@code workflow.failed}, {@code workflow.cancelled}. */
    @Override
    public Optional<Event> ended(Job job) {
        boolean loops = WorkflowOrder.of(job, json).config().schedule() != null;
        Notes notes = loops ? new Notes(Map.of()) : Notes.read(job.checkpoint(), json);
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
