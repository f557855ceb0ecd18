package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.plan.Plan;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A rollout that is under way, which no other transaction changes until the caller's ends, and what
 * the machine may do to it.
 */
public final class Held {

    private static final int LONGEST_REASON = 2_000;

    private final Mutiny.Session session;
    private final StoredRollout row;
    private final Steps steps;
    private final Instant now;

    Held(Mutiny.Session session, StoredRollout row, Steps steps, Instant now) {
        this.session = session;
        this.row = row;
        this.steps = steps;
        this.now = now;
    }

    /** Of the transaction. */
    public Mutiny.Session session() {
        return session;
    }

    public Rollout rollout() {
        return row.rollout();
    }

    public Plan plan() {
        return row.plan;
    }

    public Watching watching() {
        return row.watching;
    }

    /** The rule set that the simulation judged by. */
    public String ruleSet() {
        return row.ruleSet;
    }

    /** Since when the traffic is what it is, without a pause. */
    public Instant since() {
        return row.stageSince;
    }

    /** Shows what the guard said. */
    public Uni<Void> said(JsonNode verdict) {
        if (verdict.equals(row.guard)) {
            return Uni.createFrom().voidItem();
        }
        row.guard = verdict;
        row.updatedAt = now;
        return row.persistAndFlush().replaceWithVoid();
    }

    /** The stage is done. */
    public Uni<Void> advance(Rollout.Running running, String reason, JsonNode numbers) {
        Rollout.Next next = running.advance();
        return take(
                next, next instanceof Rollout.Promoted ? "promote" : "advance", reason, numbers);
    }

    /** A person should look at it. */
    public Uni<Void> pause(Rollout.Unpaused unpaused, String reason, JsonNode numbers) {
        return take(unpaused.pause(), "pause", reason, numbers);
    }

    /** The candidate does harm. */
    public Uni<Void> rollBack(Rollout.Active active, String reason, JsonNode numbers) {
        return take(active.rollBack(), "roll_back", reason, numbers);
    }

    private Uni<Void> take(Rollout next, String action, String reason, JsonNode numbers) {
        String shortReason =
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return steps.take(
                session, row, new Step(next, action, Actor.SYSTEM, shortReason, numbers), now);
    }
}
