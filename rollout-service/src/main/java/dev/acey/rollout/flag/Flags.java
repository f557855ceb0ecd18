package dev.acey.rollout.flag;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.model.Models;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.replica.Writes;
import dev.acey.rollout.task.TaskSettings;
import dev.acey.rollout.task.Tasks;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** The flags of all tasks. */
@ApplicationScoped
public class Flags {

    /** Locks the tasks in one order, so that two of these wait for one another. */
    private static final String KILL =
            """
            INSERT INTO flag (task_type, weight, shadow_share, killed_at, version, updated_at)
            SELECT task_type, 0, 0, :now, 1, :now
            FROM (SELECT task_type FROM task WHERE task_type = :task OR :task = '*'
                  ORDER BY task_type FOR UPDATE) AS asked
            ON CONFLICT (task_type) DO UPDATE SET weight = 0, shadow_share = 0,
              killed_at = coalesce(flag.killed_at, excluded.killed_at),
              version = flag.version + 1, updated_at = excluded.updated_at
            """;

    private final Tasks tasks;
    private final Models models;
    private final Revisions revisions;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;

    Flags(
            Tasks tasks,
            Models models,
            Revisions revisions,
            AuditTrail audit,
            ObjectMapper json,
            Clock clock) {
        this.tasks = tasks;
        this.models = models;
        this.revisions = revisions;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** The flags that are set, by task. */
    public Uni<List<FlagSettings>> set() {
        return Panache.withSession(
                () ->
                        Flag.<Flag>list("order by taskType")
                                .map(all -> all.stream().map(FlagSettings::of).toList()));
    }

    /**
     * Sets the flag as the command says, or takes it away; saying again what is there changes
     * nothing. The replica that answers routes by it already.
     */
    public Uni<FlagSettings> put(String taskType, FlagCommand command) {
        return Writes.inTransaction(
                        session ->
                                tasks.locked(taskType)
                                        .call(task -> check(taskType, task, command))
                                        .chain(() -> Flag.<Flag>findById(taskType))
                                        .flatMap(found -> put(session, taskType, found, command)))
                .call(revisions::look);
    }

    private Uni<Void> check(String taskType, TaskSettings task, FlagCommand command) {
        if (task != null && task.rolloutId() != null) {
            throw ProblemException.conflict(
                    "The flag of the task is that of its rollout " + task.rolloutId() + ".");
        }
        String candidate = command.candidate();
        if (candidate == null) {
            return Uni.createFrom().voidItem();
        }
        if (task == null || task.baseline() == null) {
            throw ProblemException.refused(
                    "/taskType",
                    "No model serves the task "
                            + taskType
                            + ". Give it a baseline first with PUT /api/tasks/"
                            + taskType
                            + ".");
        }
        if (candidate.equals(task.baseline())) {
            throw ProblemException.refused(
                    "/candidate", "The candidate must be another model than the baseline.");
        }
        return models.known(Set.of(candidate))
                .invoke(
                        known -> {
                            if (known.isEmpty()) {
                                throw ProblemException.refused(
                                        "/candidate",
                                        "There is no model "
                                                + candidate
                                                + ". Register it first with PUT /api/models/"
                                                + candidate
                                                + ".");
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<FlagSettings> put(
            Mutiny.Session session, String taskType, Flag found, FlagCommand command) {
        if (command.candidate() == null) {
            FlagSettings none = FlagSettings.none(taskType);
            return found == null
                    ? Uni.createFrom().item(none)
                    : found.delete()
                            .chain(session::flush)
                            .chain(() -> append(session, none))
                            .replaceWith(none);
        }
        if (found != null && found.says(command)) {
            return Uni.createFrom().item(FlagSettings.of(found));
        }
        Flag flag = found == null ? new Flag() : found;
        flag.taskType = taskType;
        flag.say(command, now());
        return flag.<Flag>persistAndFlush().map(FlagSettings::of).call(set -> append(session, set));
    }

    /**
     * Sets the flag of a task whose row the caller's transaction holds; a kill is lifted. The
     * caller has looked after the models.
     */
    public Uni<Void> set(Mutiny.Session session, String taskType, FlagCommand command) {
        return Flag.<Flag>findById(taskType)
                .flatMap(found -> put(session, taskType, found, command))
                .replaceWithVoid();
    }

    /**
     * Takes the candidate from the flag of a task whose row the caller's transaction holds; what is
     * killed stays killed.
     */
    public Uni<Void> clear(Mutiny.Session session, String taskType) {
        return Flag.<Flag>findById(taskType)
                .flatMap(
                        found -> {
                            if (found == null || found.killedAt == null) {
                                return put(session, taskType, found, FlagCommand.NONE);
                            }
                            found.forget(now());
                            return found.<Flag>persistAndFlush()
                                    .map(FlagSettings::of)
                                    .call(set -> append(session, set));
                        })
                .replaceWithVoid();
    }

    /**
     * Holds the tasks at their baselines until their flags are put again, and names them; 404 for a
     * task without settings. The caller's transaction holds the tasks' rows from here on.
     */
    public Uni<List<String>> kill(Mutiny.Session session, KillCommand command) {
        boolean all = command.taskType().equals(KillCommand.ALL);
        Instant now = now();
        return session.createNativeQuery(KILL)
                .setParameter("task", command.taskType())
                .setParameter("now", now)
                .executeUpdate()
                .invoke(
                        killed -> {
                            if (killed == 0 && !all) {
                                throw ProblemException.notFound(
                                        "The task " + command.taskType() + " has no settings.");
                            }
                        })
                .chain(this::killed)
                .call(tasks -> audit.append(session, event(command, tasks, now)))
                .map(killed -> all ? killed : List.of(command.taskType()));
    }

    private Uni<List<String>> killed() {
        return Flag.<Flag>list("killedAt is not null order by taskType")
                .map(flags -> flags.stream().map(flag -> flag.taskType).toList());
    }

    private AuditEvent event(KillCommand command, List<String> killed, Instant now) {
        ObjectNode detail = json.createObjectNode();
        detail.put("reason", command.reason());
        detail.put("killed", killed.size());
        return new AuditEvent(
                Actor.of(command.actor()),
                "rollout.kill",
                "task:" + command.taskType(),
                detail,
                now);
    }

    private Uni<Void> append(Mutiny.Session session, FlagSettings flag) {
        ObjectNode detail = json.createObjectNode();
        detail.put("candidate", flag.candidate());
        detail.put("salt", flag.salt());
        detail.put("weight", flag.weight());
        detail.put("shadowShare", flag.shadowShare());
        detail.put("rolloutId", flag.rolloutId() == null ? null : flag.rolloutId().toString());
        detail.put("stage", flag.stage());
        return audit.append(
                session,
                new AuditEvent(Actor.SYSTEM, "flag.put", "task:" + flag.taskType(), detail, now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
