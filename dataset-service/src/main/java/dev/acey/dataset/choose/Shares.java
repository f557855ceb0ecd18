package dev.acey.dataset.choose;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How a dataset is split.
 *
 * @param train more than 0; all three together are 1
 * @param validation 0 for none
 * @param test 0 for none
 */
@RegisterForReflection
public record Shares(double train, double validation, double test) {

    private static final List<String> PARTS = List.of("train", "validation", "test");

    /** All in the first part. */
    public static final Shares UNDIVIDED = new Shares(1, 0, 0);

    /** Whether there is more than the first part. */
    public boolean divide() {
        return validation > 0 || test > 0;
    }

    /** The names of the parts, in the order of their numbers. */
    public List<String> parts() {
        return divide() ? PARTS : PARTS.subList(0, 1);
    }

    /** The part of what begins at this place, of so many. */
    int partAt(long place, long of) {
        if (place < train * of) {
            return 0;
        }
        // What is left over by rounding belongs to the last part that is wanted.
        return test == 0 || place < (train + validation) * of ? 1 : 2;
    }
}
