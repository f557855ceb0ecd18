package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.TickCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A task's calls before the rollout: what rates are to be expected of its baseline.
 *
 * @param seconds the time they are from; 0 without any
 * @param confidences calls that had a confidence
 * @param negatives feedbacks that were negative
 */
@RegisterForReflection
public record History(
        long seconds,
        long requests,
        long errors,
        long rejections,
        long slow,
        long confidences,
        long feedbacks,
        long negatives) {

    /** A task nobody has called yet. */
    public static final History NONE = new History(0, 0, 0, 0, 0, 0, 0, 0);

    /** The candidate's feedbacks that certainty takes, in nine of ten simulated rollouts. */
    private static final double FEEDBACKS_FOR_CERTAINTY = 560;

    private static final long MOST = 1_000_000_000_000L;

    public History {
        within("seconds", seconds, MOST);
        within("requests", requests, MOST);
        within("errors", errors, requests);
        within("rejections", rejections, requests);
        within("slow", slow, requests);
        within("confidences", confidences, requests);
        within("feedbacks", feedbacks, MOST);
        within("negatives", negatives, feedbacks);
    }

    /**
     * Whether feedback, coming as it did, would make a decision about accuracy certain within the
     * longest stage before all traffic.
     *
     * @param weight that stage's share of the keys, in basis points
     * @param maxSeconds its maximum time
     */
    public boolean carriesAccuracy(int weight, long maxSeconds) {
        if (seconds == 0) {
            return false;
        }
        double expected = (double) feedbacks / seconds * maxSeconds * weight / TickCounts.WHOLE;
        return expected >= FEEDBACKS_FOR_CERTAINTY;
    }

    long events(Metric metric) {
        return switch (metric) {
            case ERROR -> errors;
            case REJECTION -> rejections;
            case SLOW -> slow;
            case INACCURACY -> negatives;
            case CONFIDENCE -> confidences;
        };
    }

    long trials(Metric metric) {
        return metric == Metric.INACCURACY ? feedbacks : requests;
    }

    private static void within(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be 0 to %d: %d".formatted(name, most, value));
        }
    }
}
