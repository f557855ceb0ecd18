package dev.acey.rollout.guard.count;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * Feedback on a call that started in the rollout's current stage. It counts in the tick it arrives
 * in.
 *
 * @param id of the log entry; orders feedback of one tick
 * @param arm the arm the call was assigned to
 * @param positive whether it says that the answer was right
 */
public record Feedback(UUID id, Arm arm, boolean positive) {

    /** What it says has no part in it. */
    static final Comparator<Feedback> ORDER = Comparator.comparing(Feedback::id);

    public Feedback {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(arm, "arm");
    }
}
