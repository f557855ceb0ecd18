package dev.acey.rollout.staged;

import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.flag.Flags;
import dev.acey.rollout.flag.KillCommand;
import dev.acey.rollout.replica.CallersContext;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.replica.Writes;
import dev.acey.rollout.rules.ActiveHash;
import dev.acey.rollout.task.Tasks;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** All rollouts: what people do to them, and what is shown. */
@ApplicationScoped
public class Rollouts {

    private final Tasks tasks;
    private final Flags flags;
    private final Starting starting;
    private final Steps steps;
    private final StepStore history;
    private final ActiveHash rules;
    private final Revisions revisions;
    private final Clock clock;

    Rollouts(
            Tasks tasks,
            Flags flags,
            Starting starting,
            Steps steps,
            StepStore history,
            ActiveHash rules,
            Revisions revisions,
            Clock clock) {
        this.tasks = tasks;
        this.flags = flags;
        this.starting = starting;
        this.steps = steps;
        this.history = history;
        this.rules = rules;
        this.revisions = revisions;
        this.clock = clock;
    }

    /** Begins a rollout; the replica that answers routes by it already. */
    Uni<RolloutView> start(StartCommand command) {
        return routed(starting.start(command)).flatMap(this::find);
    }

    /** Does it, unless it is done; the replica that answers routes by it already. */
    Uni<RolloutView> take(UUID id, Verb verb, DecisionCommand command) {
        return routed(
                        Writes.inTransaction(
                                session ->
                                        locked(session, id)
                                                .onItem()
                                                .ifNull()
                                                .failWith(() -> notFound(id))
                                                .flatMap(r -> take(session, r, verb, command))))
                .chain(() -> find(id));
    }

    private Uni<Void> take(
            Mutiny.Session session, StoredRollout row, Verb verb, DecisionCommand command) {
        Optional<Step> step = verb.step(row.rollout(), row.guard, command);
        if (step.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> taken =
                Uni.createFrom().deferred(() -> steps.take(session, row, step.get(), now()));
        return verb != Verb.RESUME
                ? taken
                : rules.in(session).invoke(hash -> row.ruleSet = hash).chain(() -> taken);
    }

    /**
     * Sends tasks back to their baselines and pauses their rollouts, in one transaction; names the
     * tasks that are killed now.
     */
    Uni<List<String>> kill(KillCommand command) {
        return Writes.<List<String>>inTransaction(
                        session ->
                                flags.kill(session, command)
                                        .call(tasks -> pause(session, tasks, command)))
                .call(revisions::look);
    }

    private Uni<Void> pause(Mutiny.Session session, List<String> killed, KillCommand command) {
        String reason =
                "The task was killed" + (command.reason() == null ? "." : ": " + command.reason());
        return StoredRollout.underWay(killed)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(
                        row ->
                                row.rollout() instanceof Rollout.Unpaused unpaused
                                        ? steps.take(
                                                session,
                                                row,
                                                new Step(
                                                        unpaused.pause(),
                                                        "pause",
                                                        Actor.of(command.actor()),
                                                        reason,
                                                        null),
                                                now())
                                        : Uni.createFrom().voidItem())
                .collect()
                .last();
    }

    /**
     * Holds a rollout in a transaction of its own, again from its beginning when another was first;
     * null where it has ended. The work gets the time of the transaction.
     */
    public <T> Uni<T> hold(UUID id, Function<Held, Uni<T>> work) {
        return Writes.<T>inTransaction(
                session ->
                        locked(session, id)
                                .flatMap(
                                        row ->
                                                row == null || row.endedAt != null
                                                        ? Uni.createFrom().nullItem()
                                                        : work.apply(
                                                                new Held(
                                                                        session, row, steps,
                                                                        now()))));
    }

    private <T> Uni<T> routed(Uni<T> write) {
        Executor context = CallersContext.executor();
        return write.call(revisions::look).emitOn(context);
    }

    /** The task's row first, as everybody who changes its flag; null where there is no rollout. */
    private Uni<StoredRollout> locked(Mutiny.Session session, UUID id) {
        return session.createQuery(
                        "select taskType from StoredRollout where id = :id", String.class)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .flatMap(
                        taskType ->
                                taskType == null
                                        ? Uni.createFrom().nullItem()
                                        : tasks.locked(taskType)
                                                .chain(() -> StoredRollout.lock(id)));
    }

    /** The rollout; 404 where there is none. */
    Uni<RolloutView> find(UUID id) {
        return Panache.withSession(() -> StoredRollout.<StoredRollout>findById(id))
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id))
                .flatMap(
                        row ->
                                history.of(List.of(id))
                                        .map(all -> RolloutView.of(row, all.get(id))));
    }

    /** All but its ticks; 404 where there is no such rollout. */
    public Uni<Dossier> dossier(UUID id) {
        return Panache.withSession(() -> StoredRollout.<StoredRollout>findById(id))
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id))
                .flatMap(row -> history.all(id).map(steps -> Dossier.of(row, steps)));
    }

    /** Newest first, those before this one (null: from the newest). */
    Uni<List<RolloutView>> page(UUID before, int limit) {
        return Panache.withSession(() -> StoredRollout.page(before, limit))
                .flatMap(
                        rows ->
                                history.of(rows.stream().map(row -> row.id).toList())
                                        .map(
                                                all ->
                                                        rows.stream()
                                                                .map(
                                                                        row ->
                                                                                RolloutView.of(
                                                                                        row,
                                                                                        all.get(
                                                                                                row.id)))
                                                                .toList()));
    }

    static ProblemException notFound(UUID id) {
        return ProblemException.notFound("There is no rollout " + id + ".");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
