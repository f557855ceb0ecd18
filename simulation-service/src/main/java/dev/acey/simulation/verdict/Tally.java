package dev.acey.simulation.verdict;

import dev.acey.simulation.drift.StyleSample;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.replay.Consistency;
import dev.acey.simulation.replay.Judgement;
import dev.acey.simulation.replay.Likeness;
import dev.acey.simulation.statistics.PairedRates;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the cases of one task, or of all. Memory does not grow with the cases. */
final class Tally {

    /** Cases listed by name. */
    private static final int MOST_LISTED = 100;

    final Map<String, Integer> decisions = new TreeMap<>();
    final List<SimulationResult.Mismatch> mismatches = new ArrayList<>();
    final List<SimulationResult.Flip> flips = new ArrayList<>();
    final DoubleSummaryStatistics similarity = new DoubleSummaryStatistics();
    final PairedSample confidence;
    final PairedSample responseTime;
    final IntentCount intents = new IntentCount();
    final StyleSample style;
    PairedRates rejections = PairedRates.NONE;
    PairedRates approvals = PairedRates.NONE;
    int cases;
    int nothing;
    int agree;
    int mismatched;
    int flipped;
    int candidates;

    Tally(long seed) {
        this.confidence = new PairedSample(seed);
        this.responseTime = new PairedSample(seed);
        this.style = new StyleSample(seed);
    }

    void add(Case one, CaseResult result) {
        cases++;
        nothing += result.nothing() ? 1 : 0;
        candidates += one.candidateJson() == null ? 0 : 1;
        Judgement tested = result.candidate() == null ? result.baseline() : result.candidate();
        if (tested != null) {
            decisions.merge(tested.decision(), 1, Integer::sum);
        }
        addConsistency(one, result);
        if (result.paired()) {
            addPair(one, result);
        }
        if (result.likeness() != null) {
            addLikeness(result.likeness());
            style.add(
                    one.position(),
                    one.entry().id(),
                    one.baseline().orElseThrow().speech(),
                    one.candidate().orElseThrow().speech());
        }
        one.candidate()
                .ifPresent(
                        candidate ->
                                ApprovedAnswer.of(one, result)
                                        .ifPresent(right -> intents.add(right, candidate)));
    }

    /** Verdicts recorded live that were replayed. */
    int checked() {
        return agree + mismatched;
    }

    /** Prompts with a decision on both outputs. */
    int pairs() {
        return rejections.prompts();
    }

    /** Prompts that both models answered, judged or not. */
    long answeredByBoth() {
        return similarity.getCount();
    }

    private void addConsistency(Case one, CaseResult result) {
        agree += result.consistency() == Consistency.AGREE ? 1 : 0;
        if (result.consistency() == Consistency.MISMATCH) {
            mismatched++;
            if (mismatches.size() < MOST_LISTED) {
                mismatches.add(SimulationResult.Mismatch.of(one, result));
            }
        }
    }

    private void addPair(Case one, CaseResult result) {
        rejections = rejections.and(isRejected(result.baseline()), isRejected(result.candidate()));
        approvals = approvals.and(isApproved(result.baseline()), isApproved(result.candidate()));
        if (result.flipped()) {
            flipped++;
            if (flips.size() < MOST_LISTED) {
                flips.add(SimulationResult.Flip.of(one, result));
            }
        }
    }

    private void addLikeness(Likeness likeness) {
        similarity.accept(likeness.similarity());
        confidence.add(likeness.baselineConfidence(), likeness.candidateConfidence());
    }

    private static boolean isRejected(Judgement judgement) {
        return judgement.decision().equals("rejected");
    }

    private static boolean isApproved(Judgement judgement) {
        return judgement.decision().equals("approved");
    }
}
