package dev.acey.simulation.verdict;

import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.correctness.OutputCheck;
import dev.acey.simulation.correctness.OutputRules;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.drift.StyleReference;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.statistics.Interval;
import dev.acey.simulation.verdict.SimulationResult.Asked;
import dev.acey.simulation.verdict.SimulationResult.ConsistencyReport;
import dev.acey.simulation.verdict.SimulationResult.Flips;
import dev.acey.simulation.verdict.SimulationResult.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final WorstCases worst = new WorstCases();
    private Map<String, StyleReference> references = Map.of();

    /** Of recorded outputs, by the default criteria. */
    public Evaluation(boolean judged, long seed) {
        this(Setup.ofRecorded(judged, seed));
    }

    public Evaluation(Setup setup) {
        this.setup = setup;
        this.all = new Tally(setup);
    }

    /** The tasks of the cases so far. */
    public Set<String> taskTypes() {
        return Set.copyOf(tasks.keySet());
    }

    /** Holds the candidate's voice against these too, by task. */
    public Evaluation against(Map<String, StyleReference> pinned) {
        references = Map.copyOf(pinned);
        return this;
    }

    public void add(Case one, CaseResult result) {
        String task = one.entry().taskType();
        OutputCheck check = checks.computeIfAbsent(task, this::check).orElse(null);
        all.add(one, result, check);
        worst.add(one, result);
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
        Optional<ReferenceDrift> pinned =
                ReferenceDrift.of(references, tasks, setup.seed(), cancelled);
        Map<String, TaskVerdict> verdicts = new TreeMap<>();
        tasks.forEach(
                (task, tally) -> {
                    Drift own = tasks.size() == 1 ? overall : tally.style.test(cancelled);
                    Drift fromPinned = pinned.map(p -> p.tasks().get(task)).orElse(null);
                    verdicts.put(
                            task,
                            TaskVerdict.of(
                                    tally, setup, setup.criteria(task), own, overall, fromPinned));
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
                ModelComparison.of(all),
                overall,
                pinned.orElse(null),
                worst.list(),
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
}
