package dev.acey.rollout.tick;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.guard.Action;
import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardVerdict;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.ReducedTick;
import dev.acey.rollout.rules.ActiveHash;
import dev.acey.rollout.staged.Held;
import dev.acey.rollout.staged.Rollout;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Closes ticks. One transaction takes the tick's observations, counts them and their keys, moves
 * the guard, writes the evidence, and takes the step the guard asks for: a crash leaves all of it
 * or nothing.
 */
@Singleton
class Ticks {

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
                        paused -> {
                            if (paused) {
                                return Uni.createFrom().item(Outcome.ACTED);
                            } else if (held.rollout().traffic().isEmpty()) {
                                return Uni.createFrom().item(Outcome.TOO_EARLY);
                            }
                            return StoredWatch.lock(lease)
                                    .flatMap(watch -> next(held, watch, seenUntil));
                        });
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

    private static Uni<Outcome> next(Held held, StoredWatch watch, Instant seenUntil) {
        Watching watching = held.watching();
        int stage = held.rollout().traffic().getAsInt();
        if (watch.stage == null || watch.stage != stage) {
            long first = watching.tickOf(held.since());
            watch.nextTick = watch.nextTick == null ? first : Math.max(watch.nextTick, first);
        }
        if (watching.readableAt(watch.nextTick).isAfter(seenUntil)) {
            return Uni.createFrom().item(Outcome.TOO_EARLY);
        }
        TickRead read = new TickRead(held, watch, stage);
        return read.skipEmpty(seenUntil)
                .chain(read::take)
                .flatMap(tick -> judge(held, watch, tick, read.isEmpty()));
    }

    private static Uni<Outcome> judge(
            Held held, StoredWatch watch, ReducedTick tick, boolean empty) {
        Guard guard = new Guard(held.watching().guard(), held.watching().history());
        GuardedStage stage = held.plan().guarded(tick.counts().stage());
        GuardState state = guard.add(before(guard, watch, stage, held.since()), tick.counts());
        long number = watch.nextTick;
        GuardVerdict verdict =
                guard.verdict(state, stage, held.watching().elapsed(held.since(), number));
        watch.nextTick = number + 1;
        if (empty && !acts(held.rollout(), verdict.verdict())) {
            return watch.persistAndFlush().replaceWith(Outcome.CLOSED);
        }
        watch.stage = stage.number();
        watch.since = held.since();
        watch.guard(state);
        JsonNode said = JsonText.tree(verdict);
        return watch.persistAndFlush()
                .chain(() -> KeyRows.write(held.session(), watch.rolloutId, tick.keys()))
                .chain(() -> TickRows.write(held.session(), watch, number, tick.counts(), said))
                .chain(() -> held.said(said))
                .chain(() -> act(held, verdict, said));
    }

    /**
     * The guard's state before a tick: begun, in another stage, or on after a pause. It follows
     * from the last tick that was kept and from this one alone, as whoever reads the evidence has
     * them.
     */
    private static GuardState before(
            Guard guard, StoredWatch watch, GuardedStage stage, Instant since) {
        if (watch.stage == null) {
            return guard.start(stage);
        } else if (watch.stage != stage.number()) {
            return guard.enter(watch.guard(), stage);
        }
        return watch.since.equals(since) ? watch.guard() : guard.resume(watch.guard());
    }

    /** Who waits or is paused goes on by itself no more; harm takes the candidate out even so. */
    private static boolean acts(Rollout rollout, Action verdict) {
        return rollout instanceof Rollout.Running
                ? verdict != Action.HOLD
                : verdict == Action.ROLL_BACK;
    }

    private static Uni<Outcome> act(Held held, GuardVerdict verdict, JsonNode said) {
        String why = String.join("; ", verdict.reasons());
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
}
