package dev.acey.rollout.guard;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How much worse than its baseline a candidate may be, as a difference of shares or of means, each
 * more than 0 and at most 0.5.
 *
 * @param error 0.02 unless said; all of these are judgements, and a task may set its own
 * @param rejection 0.03 unless said
 * @param slow 0.02 unless said
 * @param inaccuracy 0.10 unless said
 * @param confidence a drop; 0.10 unless said, as in the guide's alert
 */
@RegisterForReflection
public record Tolerances(
        double error, double rejection, double slow, double inaccuracy, double confidence) {

    public static final Tolerances DEFAULT = new Tolerances(0.02, 0.03, 0.02, 0.10, 0.10);

    public Tolerances {
        within("error", error);
        within("rejection", rejection);
        within("slow", slow);
        within("inaccuracy", inaccuracy);
        within("confidence", confidence);
    }

    double of(Metric metric) {
        return switch (metric) {
            case ERROR -> error;
            case REJECTION -> rejection;
            case SLOW -> slow;
            case INACCURACY -> inaccuracy;
            case CONFIDENCE -> confidence;
        };
    }

    private static void within(String name, double value) {
        if (!(value > 0 && value <= 0.5)) {
            throw new IllegalArgumentException(
                    "the tolerance of %s must be more than 0 and at most 0.5: %s"
                            .formatted(name, value));
        }
    }
}
