package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.TickCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has come since the last block closed: calls, confidences and feedback each have blocks of
 * their own. Whether one closes depends on how much there is, never on what it says.
 *
 * @param sides calls and feedback
 * @param baseline the baseline's confidences in ten-thousandths, oldest first
 * @param candidate the candidate's
 */
@RegisterForReflection
public record OpenBlocks(Sides sides, List<Integer> baseline, List<Integer> candidate) {

    static final OpenBlocks NONE = new OpenBlocks(Sides.NONE, List.of(), List.of());

    /** A block closes when both arms together have so many samples, and each at least one. */
    private static final int ENOUGH = 20;

    /** Of the confidences of an arm that waits for the other, the latest so many are kept. */
    private static final int MOST_CONFIDENCES = 1_000;

    public OpenBlocks {
        baseline = List.copyOf(baseline);
        candidate = List.copyOf(candidate);
    }

    OpenBlocks plus(TickCounts tick) {
        return new OpenBlocks(
                sides.plus(tick),
                latest(baseline, tick.baseline().confidences()),
                latest(candidate, tick.candidate().confidences()));
    }

    /** Whether the block of what the metric counts is full. */
    boolean closes(Metric metric) {
        return metric == Metric.CONFIDENCE
                ? isEnough(baseline.size(), candidate.size())
                : isEnough(sides.baseline().samples(metric), sides.candidate().samples(metric));
    }

    OpenBlocks withoutCalls() {
        return new OpenBlocks(sides.withoutCalls(), baseline, candidate);
    }

    OpenBlocks withoutFeedback() {
        return new OpenBlocks(sides.withoutFeedback(), baseline, candidate);
    }

    OpenBlocks withoutConfidences() {
        return new OpenBlocks(sides, List.of(), List.of());
    }

    private static boolean isEnough(long baseline, long candidate) {
        return baseline >= 1 && candidate >= 1 && baseline + candidate >= ENOUGH;
    }

    private static List<Integer> latest(List<Integer> before, List<Integer> now) {
        if (now.isEmpty()) {
            return before;
        }
        if (before.isEmpty()) {
            return now;
        }
        return Stream.concat(before.stream(), now.stream())
                .skip(Math.max(0, before.size() + now.size() - MOST_CONFIDENCES))
                .toList();
    }
}
