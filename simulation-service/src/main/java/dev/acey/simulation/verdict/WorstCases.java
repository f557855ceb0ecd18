package dev.acey.simulation.verdict;

import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.replay.Consistency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * The cases a person should look at first: verdicts that are not reached again, then decisions that
 * change, the worse the change the sooner, then outputs that say least of the same.
 */
final class WorstCases {

    /** So many are kept. */
    static final int MOST = 20;

    private static final Comparator<WorstCase> MILDEST_FIRST =
            Comparator.comparingDouble(WorstCase::badness)
                    .thenComparing(Comparator.comparingInt(WorstCase::position).reversed());

    private static final List<String> MILD_TO_HARSH =
            List.of("approved", "modified", "pending", "rejected");

    /**
     * One of them. It holds nothing of the outputs.
     *
     * @param badness for the order alone: 10 for a verdict not reached again, 1 to 4 for a decision
     *     that changes, and what share of the outputs differs
     */
    @RegisterForReflection
    public record WorstCase(
            int position, UUID logId, String taskType, String why, double badness) {}

    private final PriorityQueue<WorstCase> worst = new PriorityQueue<>(MILDEST_FIRST);

    void add(Case one, CaseResult result) {
        boolean mismatch = result.consistency() == Consistency.MISMATCH;
        double unlike = result.likeness() == null ? 0 : 1 - result.likeness().similarity();
        double badness = (mismatch ? 10 : 0) + harshness(result) + unlike;
        if (badness <= 0) {
            return;
        }
        worst.add(
                new WorstCase(
                        one.position(),
                        one.entry().id(),
                        one.entry().taskType(),
                        why(result, mismatch),
                        badness));
        if (worst.size() > MOST) {
            worst.remove();
        }
    }

    /** Worst first. */
    List<WorstCase> list() {
        List<WorstCase> list = new ArrayList<>(worst);
        list.sort(MILDEST_FIRST.reversed());
        return List.copyOf(list);
    }

    /** A change for the harsher counts by its steps and one more, one for the milder one. */
    private static double harshness(CaseResult result) {
        if (!result.flipped()) {
            return 0;
        }
        int steps =
                MILD_TO_HARSH.indexOf(result.candidate().decision())
                        - MILD_TO_HARSH.indexOf(result.baseline().decision());
        return 1 + Math.max(0, steps);
    }

    private static String why(CaseResult result, boolean mismatch) {
        List<String> reasons = new ArrayList<>();
        if (mismatch) {
            reasons.add("the verdict recorded live is not reached again");
        }
        if (result.flipped()) {
            reasons.add(
                    "the decision changes from "
                            + result.baseline().decision()
                            + " to "
                            + result.candidate().decision());
        }
        if (result.likeness() != null) {
            reasons.add(
                    String.format(
                            Locale.ROOT,
                            "the outputs are %.0f %% alike",
                            100 * result.likeness().similarity()));
        }
        return String.join("; ", reasons);
    }
}
