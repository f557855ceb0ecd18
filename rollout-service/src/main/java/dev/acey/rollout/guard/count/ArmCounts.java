package dev.acey.rollout.guard.count;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * One arm's calls and feedback in a tick.
 *
 * @param requests calls that count: the first {@link TickReduction#CALLS_PER_KEY} of each key, and
 *     those without a key, up to {@link TickReduction#CALLS_PER_TICK}
 * @param errors of these
 * @param rejections of these
 * @param slow of these
 * @param confidences of these, oldest first, in ten-thousandths, up to {@link
 *     TickReduction#CONFIDENCES_PER_TICK}
 * @param feedbacks on any call of the arm
 * @param positives of these
 * @param keys that have a call among those counted and had none in this stage before; a call
 *     without a key is one of its own
 * @param newKeys that were never seen in this rollout before, in either arm and this kind of stage;
 *     a call without a key is one of its own
 * @param uncounted calls beyond those limits
 */
@RegisterForReflection
public record ArmCounts(
        int requests,
        int errors,
        int rejections,
        int slow,
        List<Integer> confidences,
        int feedbacks,
        int positives,
        int keys,
        int newKeys,
        int uncounted) {

    /** An arm without calls. */
    public static final ArmCounts NONE = new ArmCounts(0, 0, 0, 0, List.of(), 0, 0, 0, 0, 0);

    public ArmCounts {
        confidences = List.copyOf(confidences);
        within("requests", requests, TickReduction.CALLS_PER_TICK);
        within("errors", errors, requests);
        within("rejections", rejections, requests);
        within("slow", slow, requests);
        within("confidences", confidences.size(), TickReduction.CONFIDENCES_PER_TICK);
        within("confidences", confidences.size(), requests);
        confidences.forEach(value -> within("confidence", value, TickReduction.WHOLE_CONFIDENCE));
        within("feedbacks", feedbacks, TickReduction.CALLS_PER_TICK);
        within("positives", positives, feedbacks);
        within("keys", keys, requests);
        within("newKeys", newKeys, Integer.MAX_VALUE);
        within("uncounted", uncounted, Integer.MAX_VALUE);
    }

    private static void within(String name, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be 0 to %d: %d".formatted(name, most, value));
        }
    }
}
