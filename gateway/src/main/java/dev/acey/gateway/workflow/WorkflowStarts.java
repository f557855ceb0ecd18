package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Starts workflows; each is on the record in the transaction in which it begins to exist. */
@Singleton
class WorkflowStarts {

    private static final String ANONYMOUS = "anonymous";

    private final Jobs jobs;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;

    WorkflowStarts(Jobs jobs, AuditTrail audit, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.audit = audit;
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
            return numbered(clock.millis(), new WorkflowOrder(config, mark), ANONYMOUS);
        }
        return submit("workflow-" + number(key), new WorkflowOrder(config, null), ANONYMOUS)
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

    /** Starts the workflow of this time of a schedule, or finds it started already. */
    Uni<Job> scheduled(String loop, Instant due, WorkflowConfig config) {
        return numbered(due.toEpochMilli(), new WorkflowOrder(config, loop + "@" + due), loop);
    }

    /** The number of the workflow this key stands for: 19 digits, where times have 13. */
    private static String number(String key) {
        BigInteger digest = new BigInteger(1, Arrays.copyOf(IdempotencyKey.digest(key), 16));
        BigInteger smallest = BigInteger.TEN.pow(18);
        return digest.mod(smallest.multiply(BigInteger.valueOf(9))).add(smallest).toString();
    }

    /** Takes the next number where another order took this one for the same millisecond. */
    private Uni<Job> numbered(long number, WorkflowOrder order, String actor) {
        return submit("workflow-" + number, order, actor)
                .chain(
                        job ->
                                order.mark().equals(WorkflowOrder.of(job, json).mark())
                                        ? Uni.createFrom().item(job)
                                        : numbered(number + 1, order, actor));
    }

    private Uni<Job> submit(String name, WorkflowOrder order, String actor) {
        ObjectNode detail = json.createObjectNode();
        detail.set("config", json.valueToTree(order.config()));
        AuditEvent started =
                new AuditEvent(
                        actor, "workflow.start", "workflow:" + name, detail, clock.instant());
        return jobs.submit(
                WorkflowJob.KIND,
                name,
                order.toJson(json),
                connection -> audit.append(connection, started));
    }
}
