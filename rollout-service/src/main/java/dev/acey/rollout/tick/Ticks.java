package dev.acey.rollout.tick;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.guard.Action;
import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardVerdict;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.CountedKey;
import dev.acey.rollout.guard.count.KeyCount;
import dev.acey.rollout.guard.count.ReducedTick;
import dev.acey.rollout.guard.count.TickReduction;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.plan.Stage;
import dev.acey.rollout.rules.ActiveHash;
import dev.acey.rollout.staged.Held;
import dev.acey.rollout.staged.Rollout;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Closes ticks. One transaction takes the tick's observations, counts them and their keys, moves
 * the guard, writes the evidence, and takes the step the guard asks for: a crash leaves all of it
 * or nothing.
 */
@Singleton
class Ticks {

    private static final String EARLIEST =
            """
            SELECT CAST(floor(extract(epoch FROM min(at)) * 1000) AS bigint)
            FROM rollout_observation WHERE rollout_id = CAST(:id AS uuid)
            """;

    private static final String WRITE =
            """
            INSERT INTO rollout_tick (rollout_id, tick, since, counts, verdict)
            VALUES (CAST(:id AS uuid), :tick, :since, :counts, :verdict)
            """;

    private final ActiveHash rules;

    Ticks(ActiveHash rules) {
        this.rules = rules;
    }

    /** What became of a look at the next tick. */
    enum Outcome {
        /** It cannot be read yet. */
        TOO_EARLY,
        CLOSED,
        /** And the rollout took a step. */
        ACTED
    }

    /**
     * Closes the next tick of a rollout.
     *
     * @param seenUntil up to when everything that log-service knew has been read
     */
    Uni<Outcome> next(Held held, Lease lease, Instant seenUntil) {
        return pauseUnderOtherRules(held)
                .flatMap(
                        paused ->
                                paused
                                        ? Uni.createFrom().item(Outcome.ACTED)
                                        : nextUnderSameRules(held, lease, seenUntil));
    }

    /** Pauses a rollout whose simulation judged by another rule set; whether it did. */
    Uni<Boolean> pauseUnderOtherRules(Held held) {
        if (!(held.rollout() instanceof Rollout.Unpaused unpaused)) {
            return Uni.createFrom().item(false);
        }
        return rules.in(held.session())
                .flatMap(
                        active ->
                                held.ruleSet().equals(active)
                                        ? Uni.createFrom().item(false)
                                        : held.pause(
                                                        unpaused,
                                                        "The active rule set changed from %s to %s."
                                                                .formatted(held.ruleSet(), active),
                                                        null)
                                                .replaceWith(true));
    }

    private Uni<Outcome> nextUnderSameRules(Held held, Lease lease, Instant seenUntil) {
        return held.rollout().traffic().isEmpty()
                ? Uni.createFrom().item(Outcome.TOO_EARLY)
                : StoredWatch.lock(lease)
                        .invoke(watch -> follow(watch, held))
                        .flatMap(watch -> next(held, watch, seenUntil));
    }

    /** The guard goes where the rollout is: into its stage, or on after a pause. */
    private static void follow(StoredWatch watch, Held held) {
        int stage = held.rollout().traffic().getAsInt();
        if (watch.stage != null && watch.stage == stage && watch.since.equals(held.since())) {
            return;
        }
        Guard guard = guard(held);
        GuardedStage guarded = guarded(held.plan(), stage);
        if (watch.stage == null) {
            watch.guard(guard.start(guarded));
            watch.nextTick = held.watching().tickOf(held.since());
        } else if (watch.stage != stage) {
            watch.guard(guard.enter(watch.guard(), guarded));
            watch.nextTick = Math.max(watch.nextTick, held.watching().tickOf(held.since()));
        } else {
            watch.guard(guard.resume(watch.guard()));
        }
        watch.stage = stage;
        watch.since = held.since();
        watch.moved = true;
    }

    private Uni<Outcome> next(Held held, StoredWatch watch, Instant seenUntil) {
        Watching watching = held.watching();
        if (watching.readableAt(watch.nextTick).isAfter(seenUntil)) {
            return watch.persistAndFlush().replaceWith(Outcome.TOO_EARLY);
        }
        return skipEmpty(held.session(), watch, watching, seenUntil)
                .chain(() -> waiting(held.session(), watch, watching.startOf(watch.nextTick + 1)))
                .flatMap(rows -> close(held, watch, rows));
    }

    /** Ticks without anything in them say no more together than the last of them does. */
    private static Uni<Void> skipEmpty(
            Mutiny.Session session, StoredWatch watch, Watching watching, Instant seenUntil) {
        return session.createNativeQuery(EARLIEST, Long.class)
                .setParameter("id", watch.rolloutId.toString())
                .getSingleResultOrNull()
                .invoke(
                        earliest -> {
                            long last = watching.tickOf(seenUntil.minus(watching.lag())) - 1;
                            long filled =
                                    earliest == null
                                            ? last
                                            : watching.tickOf(Instant.ofEpochMilli(earliest));
                            watch.nextTick = Math.max(watch.nextTick, Math.min(last, filled));
                        })
                .replaceWithVoid();
    }

    private static Uni<List<Waiting>> waiting(
            Mutiny.Session session, StoredWatch watch, Instant end) {
        return session.createNativeQuery(Waiting.READ, String.class)
                .setParameter("id", watch.rolloutId.toString())
                .setParameter("end", end)
                .getSingleResult()
                .map(text -> List.of(JsonText.read(text, Waiting[].class)))
                .call(
                        rows ->
                                rows.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : session.createNativeQuery(Waiting.FORGET)
                                                .setParameter("id", watch.rolloutId.toString())
                                                .setParameter("end", end)
                                                .executeUpdate());
    }

    private Uni<Outcome> close(Held held, StoredWatch watch, List<Waiting> rows) {
        Stage stage = held.plan().at(watch.stage);
        Instant start = held.watching().startOf(watch.nextTick);
        List<Waiting> counted =
                rows.stream().filter(r -> r.isOf(watch.stage, !stage.isLive(), start)).toList();
        Set<String> keys =
                counted.stream()
                        .filter(Waiting::isCall)
                        .map(Waiting::keyHash)
                        .filter(key -> key != null)
                        .collect(Collectors.toSet());
        return (keys.isEmpty()
                        ? Uni.createFrom().item(Map.<CountedKey, KeyCount>of())
                        : KeyRows.read(held.session(), watch.rolloutId, stage.kind(), keys))
                .map(
                        before ->
                                TickReduction.reduce(
                                        start,
                                        watch.stage,
                                        stage.kind(),
                                        stage.weight(),
                                        counted.stream()
                                                .filter(Waiting::isCall)
                                                .map(Waiting::call)
                                                .toList(),
                                        counted.stream()
                                                .filter(row -> !row.isCall())
                                                .map(Waiting::feedback)
                                                .toList(),
                                        before,
                                        rows.size() - counted.size()))
                .flatMap(tick -> judge(held, watch, tick, rows.isEmpty()));
    }

    private Uni<Outcome> judge(Held held, StoredWatch watch, ReducedTick tick, boolean empty) {
        Guard guard = guard(held);
        GuardState state = guard.add(watch.guard(), tick.counts());
        Instant end = held.watching().startOf(watch.nextTick + 1);
        Duration elapsed = Duration.between(watch.since, end);
        GuardVerdict verdict =
                guard.verdict(
                        state,
                        guarded(held.plan(), watch.stage),
                        elapsed.isNegative() ? Duration.ZERO : elapsed);
        JsonNode said = JsonText.tree(verdict);
        long number = watch.nextTick;
        watch.nextTick = number + 1;
        if (empty && !watch.moved && verdict.verdict() == Action.HOLD) {
            return watch.persistAndFlush().replaceWith(Outcome.CLOSED);
        }
        watch.guard(state);
        watch.moved = false;
        return watch.persistAndFlush()
                .chain(
                        () ->
                                tick.keys().isEmpty()
                                        ? Uni.createFrom().item(0)
                                        : KeyRows.write(
                                                held.session(), watch.rolloutId, tick.keys()))
                .chain(() -> write(held.session(), watch, number, tick, said))
                .chain(() -> held.said(said))
                .chain(() -> act(held, verdict, said));
    }

    private static Uni<Integer> write(
            Mutiny.Session session,
            StoredWatch watch,
            long number,
            ReducedTick tick,
            JsonNode verdict) {
        return session.createNativeQuery(WRITE)
                .setParameter("id", watch.rolloutId.toString())
                .setParameter("tick", number)
                .setParameter("since", watch.since)
                .setParameter("counts", JsonText.write(tick.counts()))
                .setParameter("verdict", JsonText.write(verdict))
                .executeUpdate();
    }

    /**
     * Who waits or is paused goes on by itself no more; harm takes its candidate out all the same.
     */
    private static Uni<Outcome> act(Held held, GuardVerdict verdict, JsonNode said) {
        String why = String.join(" ", verdict.reasons());
        Rollout rollout = held.rollout();
        if (verdict.verdict() == Action.ROLL_BACK && rollout instanceof Rollout.Active active) {
            return held.rollBack(active, why, said).replaceWith(Outcome.ACTED);
        }
        if (rollout instanceof Rollout.Running running) {
            if (verdict.verdict() == Action.ADVANCE) {
                return held.advance(running, why, said).replaceWith(Outcome.ACTED);
            } else if (verdict.verdict() == Action.PAUSE) {
                return held.pause(running, why, said).replaceWith(Outcome.ACTED);
            }
        }
        return Uni.createFrom().item(Outcome.CLOSED);
    }

    private static Guard guard(Held held) {
        return new Guard(held.watching().guard(), held.watching().history());
    }

    static GuardedStage guarded(Plan plan, int number) {
        Stage stage = plan.at(number);
        return new GuardedStage(
                number,
                stage.kind(),
                stage.weight(),
                stage.minSamples(),
                stage.minSeconds(),
                stage.maxSeconds(),
                plan.leadsToAll(number));
    }
}
