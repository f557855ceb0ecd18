package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.count.TickReduction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * An arm's counted calls and feedback over several ticks.
 *
 * @param confidences how many there are
 * @param confidence their sum, in ten-thousandths
 */
@RegisterForReflection
public record Totals(
        long requests,
        long errors,
        long rejections,
        long slow,
        long confidences,
        long confidence,
        long feedbacks,
        long negatives) {

    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

    Totals plus(ArmCounts counts) {
        return new Totals(
                requests + counts.requests(),
                errors + counts.errors(),
                rejections + counts.rejections(),
                slow + counts.slow(),
                confidences + counts.confidences().size(),
                confidence + sum(counts.confidences()),
                feedbacks + counts.feedbacks(),
                negatives + counts.feedbacks() - counts.positives());
    }

    /** Without what is counted by calls. */
    Totals withoutCalls() {
        return new Totals(0, 0, 0, 0, 0, 0, feedbacks, negatives);
    }

    Totals withoutFeedback() {
        return new Totals(requests, errors, rejections, slow, confidences, confidence, 0, 0);
    }

    /** What the metric's figure is of. */
    long samples(Metric metric) {
        return switch (metric) {
            case ERROR, REJECTION, SLOW -> requests;
            case INACCURACY -> feedbacks;
            case CONFIDENCE -> confidences;
        };
    }

    /** How many of the samples have what a share counts. */
    long events(Metric metric) {
        return switch (metric) {
            case ERROR -> errors;
            case REJECTION -> rejections;
            case SLOW -> slow;
            case INACCURACY -> negatives;
            case CONFIDENCE -> throw new IllegalArgumentException("confidence is not a share");
        };
    }

    /** The metric's figure, null without samples. */
    Double figure(Metric metric) {
        long samples = samples(metric);
        if (samples == 0) {
            return null;
        }
        return metric == Metric.CONFIDENCE
                ? (double) confidence / samples / TickReduction.WHOLE_CONFIDENCE
                : (double) events(metric) / samples;
    }

    private static long sum(List<Integer> values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
