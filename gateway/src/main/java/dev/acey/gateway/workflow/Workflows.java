package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.Events;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds, cancels and retries workflows. */
@ApplicationScoped
class Workflows {

    private static final Pattern ID = Pattern.compile("workflow-[0-9]{1,19}");

    /** How long an answer waits for the step under way to stop. */
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final AuditTrail audit;
    private final Events events;
    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;

    Workflows(
            Jobs jobs, AuditTrail audit, Events events, Pool pool, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.audit = audit;
        this.events = events;
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /** Fails with 404 if there is none. */
    Uni<Job> find(String workflowId) {
        if (!ID.matcher(workflowId).matches()) {
            throw unknown(workflowId);
        }
        return jobs.findByName(WorkflowJob.KIND, workflowId)
                .map(found -> found.orElseThrow(() -> unknown(workflowId)));
    }

    /** Newest first. */
    Uni<List<Job>> list(int limit, UUID before) {
        return jobs.list(WorkflowJob.KIND, limit, before);
    }

    /**
     * Cancels a workflow and whatever step it is in. Idempotent; 409 for one that ended otherwise.
     */
    Uni<Job> cancel(String workflowId, DecisionCommand command) {
        return find(workflowId).chain(job -> cancel(job, command));
    }

    private Uni<Job> cancel(Job job, DecisionCommand command) {
        if (job.state() == JobState.CANCELLED) {
            return Uni.createFrom().item(job);
        }
        if (job.state().ended()) {
            throw ProblemException.conflict(job.name() + " is " + job.state().json() + " already.");
        }
        // On the record before it is done: a cancellation nobody knows of must not happen.
        return pool.withTransaction(
                        connection -> audit.append(connection, decided("cancel", job, command)))
                .chain(() -> jobs.cancel(job.id()))
                .chain(() -> jobs.awaitEnd(job.id(), TO_STOP));
    }

    /**
     * Has a workflow that failed or was cancelled go on; it is on the record in the same
     * transaction. One that an earlier retry set going is answered as it is. 409 for one that runs
     * for the first time, or has completed.
     */
    Uni<Job> retry(String workflowId, DecisionCommand command) {
        return find(workflowId)
                .chain(job -> jobs.restart(job.id(), connection -> tell(connection, job, command)))
                .chain(
                        restarted ->
                                restarted
                                        .map(job -> Uni.createFrom().item(job))
                                        .orElseGet(
                                                () -> find(workflowId).invoke(this::checkRetried)));
    }

    private Uni<Void> tell(SqlConnection connection, Job job, DecisionCommand command) {
        ObjectNode data = json.createObjectNode().put("workflowId", job.name());
        return audit.append(connection, decided("retry", job, command))
                .chain(
                        () ->
                                events.append(
                                        connection,
                                        Event.of(
                                                "workflow.retried",
                                                "workflow:" + job.name(),
                                                data,
                                                clock.instant())));
    }

    private void checkRetried(Job job) {
        if (job.state() == JobState.COMPLETED) {
            throw ProblemException.conflict(job.name() + " is completed: nothing is left to do.");
        }
        if (job.restarts() == 0) {
            throw ProblemException.conflict(
                    job.name()
                            + " is "
                            + job.shown().state().json()
                            + ": there is nothing to retry.");
        }
    }

    private AuditEvent decided(String verb, Job job, DecisionCommand command) {
        ObjectNode detail = json.createObjectNode();
        detail.put("reason", command.reason());
        return new AuditEvent(
                command.actor(),
                "workflow." + verb,
                "workflow:" + job.name(),
                detail,
                clock.instant());
    }

    private static ProblemException unknown(String workflowId) {
        return ProblemException.notFound("There is no workflow " + workflowId + ".");
    }
}
