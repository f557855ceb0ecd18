package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobRun;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Starts a workflow at each time of a schedule, one at a time: while the one before has not ended,
 * a time is passed over. Times missed while no gateway ran are made up for once.
 */
@Singleton
class WorkflowLoop {

    private final WorkflowStarts starts;
    private final Jobs jobs;
    private final ObjectMapper json;
    private final Clock clock;

    WorkflowLoop(WorkflowStarts starts, Jobs jobs, ObjectMapper json, Clock clock) {
        this.starts = starts;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
    }

    /** Never ends by itself: it parks until the next time. */
    Uni<JsonNode> run(JobRun run, WorkflowConfig config) {
        LoopNotes notes = LoopNotes.read(run.job().checkpoint(), json);
        Cron cron = Cron.parse(config.schedule());
        Instant now = clock.instant();
        if (notes.next() == null) {
            return keep(run, notes.next(after(cron, now)));
        }
        return notes.next().isAfter(now)
                ? run.parkUntil(notes.next())
                : due(run.job(), config, notes, after(cron, now))
                        .chain(changed -> keep(run, changed));
    }

    /**
     * The workflow of a time has a name that follows from it, so that a crash between its start and
     * the note of it starts no second one.
     */
    private Uni<LoopNotes> due(Job loop, WorkflowConfig config, LoopNotes notes, Instant then) {
        return isBusy(notes)
                .chain(
                        busy ->
                                busy
                                        ? Uni.createFrom().item(notes.passedOver(then))
                                        : starts.scheduled(loop.name(), notes.next(), config.once())
                                                .map(job -> notes.started(job.name(), then)));
    }

    private Uni<Boolean> isBusy(LoopNotes notes) {
        return notes.runs().isEmpty()
                ? Uni.createFrom().item(false)
                : jobs.findByName(WorkflowJob.KIND, notes.runs().get(0).workflowId())
                        .map(last -> last.isPresent() && !last.get().state().ended());
    }

    private Uni<JsonNode> keep(JobRun run, LoopNotes notes) {
        return run.checkpoint(json.valueToTree(notes)).chain(() -> run.parkUntil(notes.next()));
    }

    private static Instant after(Cron cron, Instant now) {
        return cron.after(now)
                .orElseThrow(
                        () ->
                                ProblemException.refused(
                                        "/config/schedule", "has no time to come any more"));
    }
}
