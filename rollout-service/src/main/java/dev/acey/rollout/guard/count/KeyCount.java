package dev.acey.rollout.guard.count;

/**
 * How often calls of a key were counted so far in a rollout. A key that was seen has one, also
 * where none of its calls counted.
 *
 * @param counted 0 to {@link TickReduction#CALLS_PER_KEY}
 * @param stage the last stage one was counted in, from 0; -1 while none was
 */
public record KeyCount(int counted, int stage) {

    static final KeyCount NONE = new KeyCount(0, -1);

    public KeyCount {
        if (counted < 0 || counted > TickReduction.CALLS_PER_KEY) {
            throw new IllegalArgumentException(
                    "counted must be 0 to %d: %d".formatted(TickReduction.CALLS_PER_KEY, counted));
        }
        if (stage < -1) {
            throw new IllegalArgumentException("stage must be -1 or more: " + stage);
        }
    }
}
