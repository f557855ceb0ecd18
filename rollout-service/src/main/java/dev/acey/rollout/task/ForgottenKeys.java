package dev.acey.rollout.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.replica.Writes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes a stickiness key, which may be a person's name, out of all tasks' overrides. */
@Singleton
public class ForgottenKeys {

    private final AuditTrail audit;
    private final Clock clock;

    ForgottenKeys(AuditTrail audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** How many tasks had an override for the key; they have none now. */
    public Uni<Integer> forget(String key) {
        return Writes.inTransaction(
                session ->
                        Task.<Task>find("order by taskType")
                                .withLock(LockModeType.PESSIMISTIC_WRITE)
                                .list()
                                .map(tasks -> withOverride(tasks, key))
                                .call(tasks -> forget(session, tasks, key))
                                .map(List::size));
    }

    private static List<Task> withOverride(List<Task> tasks, String key) {
        return tasks.stream().filter(task -> task.overrides.containsKey(key)).toList();
    }

    private Uni<Void> forget(Mutiny.Session session, List<Task> tasks, String key) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (Task task : tasks) {
            Map<String, String> rest = new LinkedHashMap<>(task.overrides);
            rest.remove(key);
            task.overrides = rest;
            task.updatedAt = now;
        }
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(
                        task -> session.flush().chain(() -> audit.append(session, event(task))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static AuditEvent event(Task task) {
        return new AuditEvent(
                Actor.SYSTEM,
                "task.forgetKey",
                "task:" + task.taskType,
                JsonNodeFactory.instance.objectNode().put("overrides", task.overrides.size()),
                task.updatedAt);
    }
}
