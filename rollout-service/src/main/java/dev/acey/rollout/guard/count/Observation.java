package dev.acey.rollout.guard.count;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * What the guard is told of one call of a rollout.
 *
 * @param id of the log entry; orders calls that started together
 * @param startedAt when the call was made
 * @param arm the arm that was assigned: a candidate's failure is the candidate's, also when the
 *     baseline saved the call
 * @param keyHash of the stickiness key; null for a call without one
 * @param error whether the call failed; a time-out is both an error and slow
 * @param rejected whether the rules blocked the answer
 * @param slow whether the answer took longer than the task's response time threshold
 * @param confidence within 0 and 1; null without one
 */
public record Observation(
        UUID id,
        Instant startedAt,
        Arm arm,
        String keyHash,
        boolean error,
        boolean rejected,
        boolean slow,
        Double confidence) {

    /** By time; by id among those of the same time. What came of a call has no part in it. */
    static final Comparator<Observation> ORDER =
            Comparator.comparing(Observation::startedAt).thenComparing(Observation::id);

    public Observation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(arm, "arm");
        if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "a confidence must be within 0 and 1: " + confidence);
        }
    }
}
