package dev.acey.rollout.tick;

import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.replica.CallersContext;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.staged.Held;
import dev.acey.rollout.staged.Rollout;
import dev.acey.rollout.staged.Rollouts;
import dev.acey.rollout.staged.Watching;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** One look at one rollout: reads all there is of it, then closes the ticks that have come due. */
@Singleton
class Look {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final Rollouts rollouts;
    private final ObservationFeed feed;
    private final Leases leases;
    private final Ticks ticks;
    private final Revisions revisions;
    private final Clock clock;

    Look(
            Rollouts rollouts,
            ObservationFeed feed,
            Leases leases,
            Ticks ticks,
            Revisions revisions,
            Clock clock) {
        this.rollouts = rollouts;
        this.feed = feed;
        this.leases = leases;
        this.ticks = ticks;
        this.revisions = revisions;
        this.clock = clock;
    }

    /** How far the feed was read, and when the last page of it was asked for. */
    private record Read(Lease lease, Instant askedAt, boolean atEnd) {}

    /**
     * Looks, and lets the rollout go until its next tick can be read; where nothing could be read,
     * for a moment only.
     */
    Uni<Void> at(Lease lease) {
        Instant begun = clock.instant();
        return rollouts.hold(
                        lease.rollout(),
                        held -> ticks.pauseUnderOtherRules(held).replaceWith(held.watching()))
                .onItem()
                .ifNotNull()
                .transformToUni(
                        watching ->
                                readAll(lease, watching)
                                        .flatMap(read -> closeAll(read.lease(), read.askedAt()))
                                        .onFailure(Dependencies::isDown)
                                        .call(() -> overdue(lease))
                                        .onItemOrFailure()
                                        .call(
                                                (done, failure) ->
                                                        leases.letGo(
                                                                lease,
                                                                failure == null
                                                                        ? nextLook(watching, begun)
                                                                        : begun.plus(SOON))));
    }

    /** Before the first tick that was not over when this look began there is nothing to see. */
    private static Instant nextLook(Watching watching, Instant begun) {
        return watching.readableAt(watching.tickOf(begun.minus(watching.lag())));
    }

    private Uni<Read> readAll(Lease lease, Watching watching) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(lease),
                        place -> read(place.get(), watching).invoke(r -> place.set(r.lease())))
                .whilst(read -> !read.atEnd())
                .collect()
                .last();
    }

    private Uni<Read> read(Lease lease, Watching watching) {
        Instant askedAt = clock.instant();
        return feed.after(lease.place(), lease.rollout())
                .emitOn(CallersContext.executor())
                .flatMap(
                        page ->
                                leases.keep(lease, page, watching)
                                        .map(
                                                kept ->
                                                        new Read(
                                                                kept,
                                                                askedAt,
                                                                page.observations().size()
                                                                        < ObservationFeed.PAGE)));
    }

    private Uni<Void> closeAll(Lease lease, Instant seenUntil) {
        return Multi.createBy()
                .repeating()
                .uni(() -> close(lease, seenUntil))
                .whilst(outcome -> outcome != Ticks.Outcome.TOO_EARLY)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Ticks.Outcome> close(Lease lease, Instant seenUntil) {
        Executor context = CallersContext.executor();
        return rollouts.hold(lease.rollout(), held -> ticks.next(held, lease, seenUntil))
                .onItem()
                .ifNull()
                .continueWith(Ticks.Outcome.TOO_EARLY)
                .call(
                        outcome ->
                                outcome == Ticks.Outcome.ACTED
                                        ? revisions.look().emitOn(context)
                                        : Uni.createFrom().voidItem());
    }

    /** Past its stage's longest time a person is told, also where nothing can be read. */
    private Uni<Void> overdue(Lease lease) {
        Instant now = clock.instant();
        return rollouts.hold(
                lease.rollout(),
                held ->
                        held.rollout() instanceof Rollout.Running running
                                        && now.isAfter(latest(held, running))
                                ? held.pause(
                                        running,
                                        "Its observations cannot be read, and the stage's longest"
                                                + " time is over.",
                                        null)
                                : Uni.createFrom().voidItem());
    }

    private static Instant latest(Held held, Rollout.Running running) {
        int most = held.plan().at(running.stage()).maxSeconds();
        return held.since().plusSeconds(most).plus(held.watching().lag());
    }
}
