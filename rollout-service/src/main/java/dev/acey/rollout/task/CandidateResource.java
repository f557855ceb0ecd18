package dev.acey.rollout.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.model.Models;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.replica.Writes;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Names a task's candidate and leaves all else that is set for the task as it is, whoever sets it
 * at the same time.
 */
@Path("/internal/tasks/{taskType}/candidate")
@Produces(MediaType.APPLICATION_JSON)
class CandidateResource {

    private static final String WHO = "dataset-service";

    private final Models models;
    private final Revisions revisions;
    private final AuditTrail audit;
    private final Clock clock;

    CandidateResource(Models models, Revisions revisions, AuditTrail audit, Clock clock) {
        this.models = models;
        this.revisions = revisions;
        this.audit = audit;
        this.clock = clock;
    }

    /** 422 while the task has no baseline that a candidate could follow. Again is harmless. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<TaskSettings> put(
            @PathParam("taskType") String taskType, @NotNull @Valid CandidateCommand body) {
        String model = body.model();
        return Writes.inTransaction(
                        session ->
                                Task.lock(taskType)
                                        .invoke(task -> check(task, taskType, model))
                                        .call(() -> requireKnown(model))
                                        .call(task -> change(session, task, model))
                                        .map(TaskSettings::of))
                .call(revisions::look);
    }

    private static void check(Task task, String taskType, String model) {
        if (task == null || task.baseline == null) {
            throw ProblemException.refused(
                    "/taskType", "Task " + taskType + " has no baseline for a model to follow.");
        }
        if (model.equals(task.baseline)) {
            throw ProblemException.refused(
                    "/model", "The candidate must be another model than the baseline.");
        }
    }

    private Uni<Void> requireKnown(String model) {
        return models.known(List.of(model))
                .invoke(
                        known -> {
                            if (known.isEmpty()) {
                                throw ProblemException.refused(
                                        "/model", "There is no model " + model + ".");
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<Void> change(Mutiny.Session session, Task task, String model) {
        if (model.equals(task.candidate)) {
            return Uni.createFrom().voidItem();
        }
        task.candidate = model;
        task.updatedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AuditEvent event =
                new AuditEvent(
                        WHO,
                        "task.candidate",
                        "task:" + task.taskType,
                        JsonNodeFactory.instance.objectNode().put("candidate", model),
                        task.updatedAt);
        return session.flush().chain(() -> audit.append(session, event));
    }
}
