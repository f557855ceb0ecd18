package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A step of a rollout, to be taken.
 *
 * @param next what it is then
 * @param action what history and audit trail call it: start, advance, approve, pause, resume,
 *     promote, promote_early, roll_back or cancel
 * @param actor who decided
 * @param reason null where nobody gave one
 * @param numbers what the guard said; null where a person decided
 */
record Step(Rollout next, String action, String actor, String reason, JsonNode numbers) {}
