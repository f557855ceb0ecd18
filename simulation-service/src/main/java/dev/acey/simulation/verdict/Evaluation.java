package dev.acey.simulation.verdict;

import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.correctness.OutputCheck;
import dev.acey.simulation.correctness.OutputRules;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.statistics.Holm;
import dev.acey.simulation.statistics.Interval;
import dev.acey.simulation.statistics.Level;
import dev.acey.simulation.statistics.PairedRates;
import dev.acey.simulation.statistics.SignedRank;
import dev.acey.simulation.verdict.SimulationResult.Asked;
import dev.acey.simulation.verdict.SimulationResult.Comparison;
import dev.acey.simulation.verdict.SimulationResult.Confidence;
import dev.acey.simulation.verdict.SimulationResult.ConsistencyReport;
import dev.acey.simulation.verdict.SimulationResult.Flips;
import dev.acey.simulation.verdict.SimulationResult.Intents;
import dev.acey.simulation.verdict.SimulationResult.RejectionRate;
import dev.acey.simulation.verdict.SimulationResult.Similarity;
import dev.acey.simulation.verdict.SimulationResult.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Gathers the cases of one simulation, in their order, and draws the sum. For one thread at a time.
 */
public final class Evaluation {

    private final Setup setup;
    private final Tally all;
    private final Map<String, Tally> tasks = new TreeMap<>();
    private final Map<String, Optional<OutputCheck>> checks = new HashMap<>();

    /** Of recorded outputs, by the default criteria. */
    public Evaluation(boolean judged, long seed) {
        this(Setup.ofRecorded(judged, seed));
    }

    public Evaluation(Setup setup) {
        this.setup = setup;
        this.all = new Tally(setup);
    }

    public void add(Case one, CaseResult result) {
        String task = one.entry().taskType();
        OutputCheck check = checks.computeIfAbsent(task, this::check).orElse(null);
        all.add(one, result, check);
        tasks.computeIfAbsent(task, name -> new Tally(setup)).add(one, result, check);
    }

    private Optional<OutputCheck> check(String task) {
        OutputRules rules = setup.criteria(task).output();
        return rules.isOpen() ? Optional.empty() : Optional.of(OutputCheck.of(rules));
    }

    /**
     * The result. Takes the processor up to a second a task.
     *
     * @throws CancellationException when cancelled
     */
    public SimulationResult result(BooleanSupplier cancelled) {
        Drift overall = all.style.test(cancelled);
        Map<String, TaskVerdict> verdicts = new TreeMap<>();
        tasks.forEach(
                (task, tally) -> {
                    Drift own = tasks.size() == 1 ? overall : tally.style.test(cancelled);
                    verdicts.put(
                            task, TaskVerdict.of(tally, setup, setup.criteria(task), own, overall));
                });
        return new SimulationResult(
                verdicts.values().stream()
                        .map(TaskVerdict::verdict)
                        .reduce(Outcome::worse)
                        .orElse(Outcome.INCONCLUSIVE),
                reasons(verdicts),
                verdicts,
                setup.candidateModel(),
                setup.judged() && all.askedAlone(),
                all.ruleSet,
                statistics(),
                asked(),
                new ConsistencyReport(
                        all.checked(),
                        all.agree,
                        all.cases - all.checked(),
                        List.copyOf(all.mismatches)),
                flips(),
                comparison(),
                overall,
                all.correctness.result(),
                setup.judgeModel() == null ? null : all.judge.result(setup.judgeModel()));
    }

    private static List<String> reasons(Map<String, TaskVerdict> verdicts) {
        if (verdicts.isEmpty()) {
            return List.of("there are no cases: no judged log entry matches the selection");
        }
        List<String> reasons = new ArrayList<>();
        verdicts.forEach(
                (task, verdict) -> verdict.reasons().forEach(r -> reasons.add(task + ": " + r)));
        return List.copyOf(reasons);
    }

    private Statistics statistics() {
        return new Statistics(
                all.cases,
                all.cases,
                all.decisions.getOrDefault("approved", 0),
                all.decisions.getOrDefault("modified", 0),
                all.decisions.getOrDefault("rejected", 0),
                all.decisions.getOrDefault("pending", 0),
                all.nothing);
    }

    private Asked asked() {
        return setup.candidateModel() == null && setup.judgeModel() == null
                ? null
                : new Asked(
                        all.asked - all.failed,
                        all.failed,
                        all.unasked,
                        setup.used().calls(),
                        Budget.dollars(setup.used().nanodollars()),
                        setup.spent());
    }

    private Flips flips() {
        int pairs = all.pairs();
        return new Flips(
                pairs == 0 ? null : Double.valueOf((double) all.flipped / pairs),
                pairs == 0 ? null : Interval.ofRate(all.flipped, pairs),
                all.flipped,
                pairs,
                List.copyOf(all.flips));
    }

    /** The tests that were made are one family. */
    private Comparison comparison() {
        PairedRates rates = all.rejections;
        boolean paired = rates.prompts() > 0;
        Optional<SignedRank> confidence = all.confidence.test();
        List<Double> pValues = new ArrayList<>();
        if (paired) {
            pValues.add(rates.pValue());
        }
        confidence.ifPresent(test -> pValues.add(test.pValue()));
        double[] adjusted =
                Holm.adjust(pValues.stream().mapToDouble(Double::doubleValue).toArray());
        return new Comparison(
                paired
                        ? rejectionRate(rates, adjusted[0])
                        : new RejectionRate(null, null, null, null, null, null, null),
                confidence
                        .map(test -> confidence(test, adjusted[adjusted.length - 1]))
                        .orElse(new Confidence(null, null, null, null, null, null, null, null)),
                Map.of(),
                all.similarity.getCount() == 0
                        ? new Similarity(null, null)
                        : new Similarity(all.similarity.getAverage(), all.similarity.getMin()),
                new Intents(
                        share(all.sameIntents, all.candidateIntents),
                        share(all.sameIntents, all.baselineIntents)));
    }

    private static RejectionRate rejectionRate(PairedRates rates, double adjusted) {
        return new RejectionRate(
                rates.baseline(),
                rates.candidate(),
                rates.difference(),
                rates.interval(),
                Level.CONFIDENCE,
                rates.pValue(),
                adjusted);
    }

    private Confidence confidence(SignedRank test, double adjusted) {
        return new Confidence(
                all.confidence.baselineMean(),
                all.confidence.candidateMean(),
                test.difference(),
                test.interval(),
                Level.CONFIDENCE,
                test.pValue(),
                adjusted,
                test.pairs());
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf((double) part / whole);
    }
}
