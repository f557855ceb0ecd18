package dev.acey.rollout.route;

import dev.acey.rollout.task.Streaming;

/**
 * What serves a live call.
 *
 * @param variant the arm that was assigned: baseline or candidate
 * @param model of that arm
 * @param baseline the model that answers when a candidate fails
 * @param rolloutId null outside a rollout
 * @param stage null outside a rollout
 * @param shadow the model to ask as well, its answer never delivered; or null
 * @param cacheSeconds for how long an answer may be given again; 0: not at all
 */
public record LiveRoute(
        String variant,
        String model,
        String baseline,
        String rolloutId,
        Integer stage,
        String shadow,
        Streaming streaming,
        int cacheSeconds) {

    public static final String BASELINE = "baseline";
    public static final String CANDIDATE = "candidate";

    /** Whether another model may answer when the assigned one fails. */
    public boolean hasFallback() {
        return variant.equals(CANDIDATE) && !model.equals(baseline);
    }
}
