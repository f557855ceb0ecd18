package dev.acey.rollout.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.TaskCatalogue;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.model.Models;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.replica.Writes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The settings of all tasks. */
@ApplicationScoped
public class Tasks {

    /** Every replica holds the settings of all tasks in memory. */
    static final int MOST = 500;

    private final Models models;
    private final Revisions revisions;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;

    Tasks(Models models, Revisions revisions, AuditTrail audit, ObjectMapper json, Clock clock) {
        this.models = models;
        this.revisions = revisions;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** The tasks that have settings, by name. */
    public Uni<List<TaskSettings>> set() {
        return Panache.withSession(
                () ->
                        Task.<Task>list("order by taskType")
                                .map(all -> all.stream().map(TaskSettings::of).toList()));
    }

    /**
     * What is set for a task, which no other transaction changes until the caller's ends; null when
     * nothing is set.
     */
    public Uni<TaskSettings> locked(String taskType) {
        return Task.lock(taskType).map(task -> task == null ? null : TaskSettings.of(task));
    }

    /** Notes, in a task that the caller's transaction holds, which rollout is under way. */
    public Uni<Void> begin(String taskType, UUID rolloutId) {
        return changed(taskType, task -> task.rolloutId = rolloutId);
    }

    /** Notes, in a task that the caller's transaction holds, that none is under way. */
    public Uni<Void> end(String taskType) {
        return changed(taskType, task -> task.rolloutId = null);
    }

    /**
     * In a task that the caller's transaction holds: the candidate of its rollout, which is over
     * with this, is the baseline; the one before is kept to go back to.
     */
    public Uni<Void> promote(String taskType, String model) {
        return changed(
                taskType,
                task -> {
                    task.promote(model, now());
                    task.rolloutId = null;
                });
    }

    private Uni<Void> changed(String taskType, Consumer<Task> change) {
        return Task.<Task>findById(taskType)
                .invoke(change)
                .call(task -> task.persistAndFlush())
                .replaceWithVoid();
    }

    /**
     * The baseline before this one serves again; the replica that answers routes by it already. 404
     * without settings, 409 during a rollout and where there was none before.
     */
    Uni<TaskSettings> goBack(String taskType, RollbackCommand command) {
        return Writes.inTransaction(
                        session ->
                                Task.lock(taskType)
                                        .invoke(task -> checkBack(taskType, task))
                                        .call(
                                                task -> {
                                                    String from = task.baseline;
                                                    task.goBack(now());
                                                    return task.<Task>persistAndFlush()
                                                            .chain(
                                                                    () ->
                                                                            audit.append(
                                                                                    session,
                                                                                    event(
                                                                                            task,
                                                                                            from,
                                                                                            command)));
                                                }))
                .map(TaskSettings::of)
                .call(revisions::look);
    }

    private static void checkBack(String taskType, Task task) {
        if (task == null) {
            throw ProblemException.notFound("The task " + taskType + " has no settings.");
        }
        checkNoRollout(task);
        if (task.previousBaselines.length == 0) {
            throw ProblemException.conflict(
                    "No model served the task " + taskType + " before " + task.baseline + ".");
        }
    }

    private static void checkNoRollout(Task task) {
        if (task.rolloutId != null) {
            throw ProblemException.conflict(
                    "The rollout "
                            + task.rolloutId
                            + " of the task is under way: its baseline stays until that has ended.");
        }
    }

    private AuditEvent event(Task task, String from, RollbackCommand command) {
        ObjectNode detail = json.createObjectNode();
        detail.put("from", from).put("to", task.baseline).put("reason", command.reason());
        return new AuditEvent(
                Actor.of(command.actor()),
                "task.rollback",
                "task:" + task.taskType,
                detail,
                task.updatedAt);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The eight of the catalogue in its order, then the others that have settings, by name. */
    Uni<List<TaskSettings>> all() {
        return set().map(
                        set -> {
                            Map<String, TaskSettings> all = new LinkedHashMap<>();
                            TaskCatalogue.all()
                                    .forEach(
                                            t ->
                                                    all.put(
                                                            t.taskType(),
                                                            TaskSettings.unset(t.taskType())));
                            set.forEach(t -> all.put(t.taskType(), t));
                            return List.copyOf(all.values());
                        });
    }

    /** Replaces the settings; the replica that answers routes by them already. */
    Uni<TaskSettings> put(String taskType, TaskCommand command, String actor) {
        return Writes.inTransaction(
                        session ->
                                Task.lock(taskType)
                                        .call(found -> check(found, command))
                                        .flatMap(
                                                found -> {
                                                    if (found != null && found.says(command)) {
                                                        return Uni.createFrom().item(found);
                                                    }
                                                    Task task = change(found, taskType, command);
                                                    return task.<Task>persistAndFlush()
                                                            .call(
                                                                    () ->
                                                                            audit.append(
                                                                                    session,
                                                                                    event(
                                                                                            task,
                                                                                            actor)));
                                                }))
                .map(TaskSettings::of)
                .call(revisions::look);
    }

    private Uni<Void> check(Task found, TaskCommand command) {
        if (command.baseline() == null
                && (command.candidate() != null || !command.overrides().isEmpty())) {
            throw ProblemException.refused(
                    "/baseline", "A task with a candidate or overrides needs a baseline.");
        }
        if (command.baseline() == null && found != null && found.baseline != null) {
            throw ProblemException.refused(
                    "/baseline",
                    "The task is served by " + found.baseline + "; name the model to follow it.");
        }
        if (found != null && !Objects.equals(command.baseline(), found.baseline)) {
            checkNoRollout(found);
        }
        if (command.candidate() != null && command.candidate().equals(command.baseline())) {
            throw ProblemException.refused(
                    "/candidate", "The candidate must be another model than the baseline.");
        }
        return checkModels(command).chain(() -> found == null ? checkRoom() : done());
    }

    private Uni<Void> checkModels(TaskCommand command) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("/baseline", command.baseline());
        named.put("/candidate", command.candidate());
        command.overrides()
                .forEach((key, model) -> named.put(FieldError.child("/overrides", key), model));
        named.values().removeIf(model -> model == null);
        if (named.isEmpty()) {
            return done();
        }
        Set<String> names = new HashSet<>(named.values());
        return models.known(names)
                .invoke(
                        known ->
                                named.forEach(
                                        (pointer, model) -> {
                                            if (!known.contains(model)) {
                                                throw unknown(pointer, model);
                                            }
                                        }))
                .replaceWithVoid();
    }

    private static ProblemException unknown(String pointer, String model) {
        return ProblemException.refused(
                pointer,
                "There is no model "
                        + model
                        + ". Register it first with PUT /api/models/"
                        + model
                        + ".");
    }

    private static Uni<Void> checkRoom() {
        return Task.count()
                .invoke(
                        count -> {
                            if (count >= MOST) {
                                throw ProblemException.refused(
                                        "/taskType",
                                        "At most " + MOST + " tasks can have settings.");
                            }
                        })
                .replaceWithVoid();
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    private Task change(Task found, String taskType, TaskCommand command) {
        Task task = found == null ? new Task() : found;
        task.taskType = taskType;
        task.say(command, now());
        return task;
    }

    /** Without the keys of the overrides, which may name people. */
    private AuditEvent event(Task task, String actor) {
        ObjectNode detail = json.createObjectNode();
        detail.put("baseline", task.baseline);
        detail.put("candidate", task.candidate);
        detail.set("risk", json.valueToTree(task.risk));
        detail.set("streaming", json.valueToTree(task.streaming));
        detail.put("overrides", task.overrides.size());
        Instant at = task.updatedAt;
        return new AuditEvent(actor, "task.put", "task:" + task.taskType, detail, at);
    }
}
