package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.Events;
import dev.acey.rollout.flag.FlagCommand;
import dev.acey.rollout.flag.Flags;
import dev.acey.rollout.plan.Stage;
import dev.acey.rollout.stored.JsonText;
import dev.acey.rollout.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Takes steps. In one transaction, the caller's, which holds the task's row: the rollout's state,
 * the task and its flag, the history, the event and the audit row.
 */
@Singleton
class Steps {

    private static final String INSERT =
            """
            INSERT INTO rollout_step (rollout_id, number, at, action, actor, state, stage, detail)
            VALUES (CAST(:id AS uuid), :number, :at, :action, :actor, :state, :stage, :detail)
            """;

    /** The first step of each rollout. */
    static final String START = "start";

    private final Tasks tasks;
    private final Flags flags;
    private final Events events;
    private final AuditTrail audit;

    Steps(Tasks tasks, Flags flags, Events events, AuditTrail audit) {
        this.tasks = tasks;
        this.flags = flags;
        this.events = events;
        this.audit = audit;
    }

    Uni<Void> take(Mutiny.Session session, StoredRollout row, Step step, Instant now) {
        row.become(step.next(), now);
        return row.persistAndFlush()
                .chain(() -> write(session, row, step))
                .chain(() -> begin(row, step))
                .chain(() -> traffic(session, row, step.next()))
                .chain(() -> events.append(session, event(row, step)))
                .chain(() -> audit.append(session, decision(row, step)));
    }

    private static Uni<Integer> write(Mutiny.Session session, StoredRollout row, Step step) {
        return session.createNativeQuery(INSERT)
                .setParameter("id", row.id.toString())
                .setParameter("number", row.steps)
                .setParameter("at", row.updatedAt)
                .setParameter("action", step.action())
                .setParameter("actor", step.actor())
                .setParameter("state", row.state.name())
                .setParameter("stage", row.stage)
                .setParameter("detail", JsonText.write(detail(row, step)))
                .executeUpdate();
    }

    private Uni<Void> begin(StoredRollout row, Step step) {
        return step.action().equals(START)
                ? tasks.begin(row.taskType, row.id)
                : Uni.createFrom().voidItem();
    }

    /** A pause leaves the traffic alone, and with it the kill switch. */
    private Uni<Void> traffic(Mutiny.Session session, StoredRollout row, Rollout next) {
        if (next instanceof Rollout.Paused) {
            return Uni.createFrom().voidItem();
        } else if (next instanceof Rollout.Promoted) {
            return flags.clear(session, row.taskType)
                    .chain(() -> tasks.promote(row.taskType, row.candidate));
        } else if (!(next instanceof Rollout.Active)) {
            return flags.clear(session, row.taskType).chain(() -> tasks.end(row.taskType));
        }
        return next.traffic().isEmpty()
                ? flags.clear(session, row.taskType)
                : flags.set(session, row.taskType, flag(row, next.traffic().getAsInt()));
    }

    private static FlagCommand flag(StoredRollout row, int stage) {
        Stage in = row.plan.at(stage);
        return new FlagCommand(
                row.candidate,
                row.id.toString(),
                in.isLive() ? in.weight() : 0,
                in.isLive() ? 0 : in.weight(),
                row.id,
                stage);
    }

    private static Event event(StoredRollout row, Step step) {
        ObjectNode data = detail(row, step);
        data.remove(List.of("guard", "stages"));
        data.put("rolloutId", row.id.toString());
        data.put("actor", step.actor());
        return Event.of(typeOf(step), "rollout:" + row.id, data, row.updatedAt);
    }

    private static String typeOf(Step step) {
        if (step.next() instanceof Rollout.Unpaused && step.action().equals("resume")) {
            return "rollout.resumed";
        } else if (step.next() instanceof Rollout.Running) {
            return "rollout.stage_entered";
        } else if (step.next() instanceof Rollout.WaitingForApproval) {
            return "rollout.approval_wanted";
        }
        return "rollout." + RolloutState.of(step.next()).json();
    }

    private static AuditEvent decision(StoredRollout row, Step step) {
        return new AuditEvent(
                step.actor(),
                "rollout." + step.action(),
                "rollout:" + row.id,
                detail(row, step),
                row.updatedAt);
    }

    private static ObjectNode detail(StoredRollout row, Step step) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("taskType", row.taskType);
        detail.put("baseline", row.baseline);
        detail.put("candidate", row.candidate);
        detail.put("state", row.state.json());
        detail.put("stage", row.stage);
        detail.put("weight", row.plan.at(row.stage).weight());
        detail.put("ruleSet", row.ruleSet);
        detail.put("reason", step.reason());
        if (step.action().equals(START)) {
            detail.set("stages", JsonText.tree(row.plan));
            detail.put("simulationId", row.gate.simulationId());
            detail.put("override", row.gate.override());
        }
        if (step.numbers() != null) {
            detail.set("guard", step.numbers());
        }
        return detail;
    }
}
