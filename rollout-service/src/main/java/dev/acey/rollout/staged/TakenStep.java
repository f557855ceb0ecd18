package dev.acey.rollout.staged;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A step of a rollout's history.
 *
 * @param number counts from 1
 * @param action start, advance, approve, pause, resume, promote, promote_early, roll_back or cancel
 * @param actor who decided
 * @param state the rollout's after it
 * @param stage the rollout's after it
 * @param reason null where nobody gave one
 */
@RegisterForReflection
public record TakenStep(
        int number,
        Instant at,
        String action,
        String actor,
        RolloutState state,
        int stage,
        String reason) {}
