package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds and cancels workflows. */
@ApplicationScoped
class Workflows {

    private static final Pattern ID = Pattern.compile("workflow-[0-9]{1,19}");

    /** How long an answer waits for the step under way to stop. */
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final AuditTrail audit;
    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;

    Workflows(Jobs jobs, AuditTrail audit, Pool pool, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.audit = audit;
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
    Uni<Job> cancel(String workflowId, CancelCommand command) {
        return find(workflowId).chain(job -> cancel(job, command));
    }

    private Uni<Job> cancel(Job job, CancelCommand command) {
        if (job.state() == JobState.CANCELLED) {
            return Uni.createFrom().item(job);
        }
        if (job.state().ended()) {
            throw ProblemException.conflict(job.name() + " is " + job.state().json() + " already.");
        }
        // On the record before it is done: a cancellation nobody knows of must not happen.
        return pool.withTransaction(connection -> audit.append(connection, event(job, command)))
                .chain(() -> jobs.cancel(job.id()))
                .chain(() -> jobs.awaitEnd(job.id(), TO_STOP));
    }

    private AuditEvent event(Job job, CancelCommand command) {
        ObjectNode detail = json.createObjectNode();
        detail.put("reason", command.reason());
        return new AuditEvent(
                command.actor(),
                "workflow.cancel",
                "workflow:" + job.name(),
                detail,
                clock.instant());
    }

    private static ProblemException unknown(String workflowId) {
        return ProblemException.notFound("There is no workflow " + workflowId + ".");
    }
}
