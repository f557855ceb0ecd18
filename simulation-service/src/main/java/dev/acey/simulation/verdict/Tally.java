package dev.acey.simulation.verdict;

import dev.acey.simulation.correctness.CorrectnessTally;
import dev.acey.simulation.correctness.OutputCheck;
import dev.acey.simulation.drift.StyleSample;
import dev.acey.simulation.judge.JudgeTally;
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
import java.util.Optional;
import java.util.TreeMap;

/** Counts the cases of one task, or of all. Memory does not grow with the cases. */
final class Tally {

    /** Cases listed by name. */
    private static final int MOST_LISTED = 100;

    private final Setup setup;
    final Map<String, Integer> decisions = new TreeMap<>();
    final List<SimulationResult.Mismatch> mismatches = new ArrayList<>();
    final List<SimulationResult.Flip> flips = new ArrayList<>();
    final DoubleSummaryStatistics similarity = new DoubleSummaryStatistics();
    final PairedSample confidence;
    final PairedSample responseTime;
    final IntentCount intents = new IntentCount();
    final StyleSample style;
    final CorrectnessTally correctness = new CorrectnessTally();
    final JudgeTally judge = new JudgeTally();
    PairedRates rejections = PairedRates.NONE;
    PairedRates approvals = PairedRates.NONE;
    int cases;
    int nothing;
    int agree;
    int mismatched;
    int flipped;
    int candidates;
    int recorded;
    int asked;
    int failed;
    int unasked;
    String ruleSet;
    private boolean severalRuleSets;

    Tally(Setup setup) {
        this.setup = setup;
        this.confidence = new PairedSample(setup.seed());
        this.responseTime = new PairedSample(setup.seed());
        this.style = new StyleSample(setup.seed());
    }

    /**
     * @param check by the rules of the case's task; null where it has none
     */
    void add(Case one, CaseResult result, OutputCheck check) {
        cases++;
        nothing += result.nothing() ? 1 : 0;
        candidates += one.candidate().isPresent() ? 1 : 0;
        Judgement tested = result.candidate() == null ? result.baseline() : result.candidate();
        if (tested != null) {
            decisions.merge(tested.decision(), 1, Integer::sum);
            addRuleSet(tested.ruleSet());
        }
        addConsistency(one, result);
        addAsked(one, setup.candidateModel() != null);
        if (setup.judgeModel() != null) {
            judge.add(one);
        }
        one.candidate()
                .or(() -> setup.candidateModel() == null ? one.baseline() : Optional.empty())
                .ifPresent(output -> correctness.add(one, output, check));
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

    /** Whether the candidate was asked, and nothing of it was recorded by others. */
    boolean askedAlone() {
        return asked > 0 && recorded == 0;
    }

    /** A set that judged all outputs keeps its name, several have none. */
    private void addRuleSet(String name) {
        severalRuleSets |= ruleSet != null && !ruleSet.equals(name);
        ruleSet = severalRuleSets ? null : name;
    }

    private void addAsked(Case one, boolean wanted) {
        recorded += one.recorded() == null ? 0 : 1;
        if (wanted && one.recorded() == null) {
            asked += one.asked() == null ? 0 : 1;
            failed += one.asked() != null && one.asked().failed() ? 1 : 0;
            unasked += one.asked() == null ? 1 : 0;
            addResponseTime(one);
        }
    }

    private void addResponseTime(Case one) {
        boolean known = one.entry().performance() != null && one.asked() != null;
        if (known && !one.entry().failed() && !one.asked().failed()) {
            responseTime.add(one.entry().performance().responseTime(), one.asked().responseTime());
        }
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
