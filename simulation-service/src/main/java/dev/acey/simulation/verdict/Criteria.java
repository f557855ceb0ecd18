package dev.acey.simulation.verdict;

import dev.acey.simulation.drift.Drift;

/**
 * When a task passes. Each criterion is met, broken, or open: what is not certain at the level of
 * the intervals (95 %) is open. A broken one fails the task; an open one makes it inconclusive; a
 * task passes when all are met. The tolerances are judgements, in line with the guard's of a
 * rollout.
 *
 * <ul>
 *   <li>Consistency: every verdict recorded live that can be replayed is reached again.
 *   <li>Rejections: the candidate's rate is at most {@link #REJECTION_TOLERANCE} above the
 *       baseline's on the same prompts.
 *   <li>Flips: the candidate changes at most {@link #FLIP_TOLERANCE} of the decisions.
 *   <li>Drift: the voice has not drifted ({@link Drift#ALPHA}, {@link Drift#SCORE_THAT_MATTERS},
 *       {@link Drift#SHIFT_THAT_MATTERS}), with at least {@link Drift#ENOUGH} prompts to tell. Each
 *       task is tested by itself; where none drifted and all together did, all are open.
 *   <li>Reference, where a task has pinned one: open where the voice is not that of the reference.
 *   <li>Confidence, where outputs state any: has not certainly dropped by more than {@link
 *       #CONFIDENCE_TOLERANCE}.
 * </ul>
 *
 * Without a candidate, consistency is the one criterion, and open where nothing can be checked.
 */
public final class Criteria {

    /** Three points. */
    public static final double REJECTION_TOLERANCE = 0.03;

    /** One decision in ten. */
    public static final double FLIP_TOLERANCE = 0.10;

    /** A tenth, the guide's alert threshold. */
    public static final double CONFIDENCE_TOLERANCE = 0.10;

    private Criteria() {}
}
