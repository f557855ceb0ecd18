package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Starts, finds and cancels workflows. */
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

    /**
     * Starts a workflow; it is durable when this completes.
     *
     * @param key the client's idempotency key or null: the same key again is the same workflow, and
     *     409 with other settings
     */
    Uni<Job> start(WorkflowConfig config, String key) {
        if (key == null) {
            String mark = UUID.randomUUID().toString();
            JsonNode order = new WorkflowOrder(config, mark).toJson(json);
            return startAs(clock.millis(), order, mark);
        }
        String name = "workflow-" + number(key);
        return jobs.submit(WorkflowJob.KIND, name, new WorkflowOrder(config, null).toJson(json))
                .invoke(
                        job -> {
                            if (!WorkflowOrder.of(job, json).config().equals(config)) {
                                throw ProblemException.conflict(
                                        "This Idempotency-Key started "
                                                + job.name()
                                                + " with other settings.");
                            }
                        });
    }

    /** The number of the workflow this key stands for: 19 digits, where times have 13. */
    private static String number(String key) {
        BigInteger digest = new BigInteger(1, Arrays.copyOf(IdempotencyKey.digest(key), 16));
        BigInteger smallest = BigInteger.TEN.pow(18);
        return digest.mod(smallest.multiply(BigInteger.valueOf(9))).add(smallest).toString();
    }

    /** Takes the next number where another replica took this one in the same millisecond. */
    private Uni<Job> startAs(long number, JsonNode order, String mark) {
        return jobs.submit(WorkflowJob.KIND, "workflow-" + number, order)
                .chain(
                        job ->
                                mark.equals(WorkflowOrder.of(job, json).mark())
                                        ? Uni.createFrom().item(job)
                                        : startAs(number + 1, order, mark));
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
