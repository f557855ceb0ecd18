package dev.acey.rollout.guard;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The rates a candidate may not pass whatever its baseline does, each more than 0 and at most 0.9.
 *
 * @param error 0.05 unless said: the guide's alert threshold
 * @param rejection 0.20 unless said: the guide's alert threshold
 * @param slow 0.05 unless said: the guide's response time at its 95th percentile
 */
@RegisterForReflection
public record Limits(double error, double rejection, double slow) {

    public static final Limits DEFAULT = new Limits(0.05, 0.20, 0.05);

    public Limits {
        within("error", error);
        within("rejection", rejection);
        within("slow", slow);
    }

    double of(Metric metric) {
        return switch (metric) {
            case ERROR -> error;
            case REJECTION -> rejection;
            case SLOW -> slow;
            case INACCURACY, CONFIDENCE ->
                    throw new IllegalArgumentException("there is no limit of the " + metric);
        };
    }

    private static void within(String name, double value) {
        if (!(value > 0 && value <= 0.9)) {
            throw new IllegalArgumentException(
                    "the limit of %s must be more than 0 and at most 0.9: %s"
                            .formatted(name, value));
        }
    }
}
