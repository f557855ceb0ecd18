package dev.acey.simulation.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.rules.RuleSet;
import dev.acey.simulation.Chatter;
import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.correctness.OutputRules;
import dev.acey.simulation.criteria.TaskCriteria;
import dev.acey.simulation.replay.Answer;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseJudge;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TaskCriteriaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OutputRules NO_INTENTS = new OutputRules(null, List.of(), null);

    private final CaseJudge judge = new CaseJudge(RuleSet.shipped(), RuleSet.shipped(), true);

    @Test
    void aCandidateThatAnswersNothingNeverPasses() {
        SimulationResult result = asked(usual(), null, i -> failed());

        assertEquals(Outcome.FAIL, result.verdict());
        assertReason(result, "too many failures of the candidate: 120 of 120");
        assertReason(result, "no prompt was answered by both models");
        assertEquals(120, result.asked().failed());
    }

    @Test
    void aCandidateThatWasNotAskedToTheEndIsInconclusive() {
        SimulationResult result = asked(usual(), "dollars", i -> i < 100 ? said(i) : null);

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertReason(result, "20 of 120 prompts were not asked, because the budget of dollars");
        assertEquals(20, result.asked().unasked());
        assertEquals("dollars", result.asked().ended());
    }

    @Test
    void aCandidateThatAnswersAlikePassesAndGates() {
        SimulationResult result = asked(usual(), null, TaskCriteriaTest::said);

        assertEquals(List.of(), result.reasons());
        assertEquals(Outcome.PASS, result.verdict());
        assertTrue(result.gates());
        assertEquals(RuleSet.shipped().hash(), result.ruleSet());
    }

    @Test
    void fewerPromptsThanTheTaskAsksForAreInconclusive() {
        SimulationResult result =
                asked(criteria(200, null, OutputRules.NONE), null, TaskCriteriaTest::said);

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertReason(result, "120 prompts were answered by both models, fewer than 200");
        assertEquals(3, result.tasks().get("game").criteria());
    }

    @Test
    void outputsThatBreakTheTasksRulesFailAndAreListed() {
        SimulationResult result =
                asked(criteria(60, null, NO_INTENTS), null, i -> proposing(i, i % 3 == 0));

        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(2.0 / 3, result.correctness().schemaValid(), 1e-9);
        assertEquals(40, result.correctness().failures().size());
        assertEquals(0, result.correctness().failures().get(0).position());
        assertReason(result, "too many outputs that break the task's rules: 40 of 120");
    }

    @Test
    void withoutRulesForOutputsNothingIsSaidOfThem() {
        SimulationResult result = asked(usual(), null, TaskCriteriaTest::said);

        assertNull(result.correctness().schemaValid());
        assertEquals(0, result.correctness().agreement().references());
    }

    @Test
    void agreementWithDemonstrationsCountsWhereTheTaskAsksForIt() {
        SimulationResult wrong =
                asked(criteria(60, 0.9, OutputRules.NONE), null, i -> proposing(i, true));
        SimulationResult none = askedWithout(criteria(60, 0.9, OutputRules.NONE));

        assertEquals(120, wrong.correctness().agreement().references());
        assertEquals(0, wrong.correctness().agreement().agree());
        assertReason(wrong, "too many outputs that disagree with their references: 120 of 120");
        assertReason(none, "no prompt has a reference to agree with");
        assertEquals(Outcome.INCONCLUSIVE, none.verdict());
    }

    @Test
    void aJudgeThatCertainlyPrefersTheBaselineFailsTheTask() {
        SimulationResult result = judged("first", "second");

        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(120, result.judge().baseline());
        assertEquals(1.0, result.judge().positionConsistency());
        assertReason(result, "the judge j prefers the baseline: it wins 120 of 120 pairs");
    }

    @Test
    void aJudgeThatGoesByPlaceAloneMakesTies() {
        SimulationResult result = judged("first", "first");

        assertEquals(Outcome.PASS, result.verdict());
        assertEquals(120, result.judge().ties());
        assertEquals(0.0, result.judge().positionConsistency());
    }

    @Test
    void outputsRecordedByTheClientDoNotGate() {
        Evaluation evaluation = new Evaluation(setup(usual(), null, null));
        for (int i = 0; i < 120; i++) {
            Case one = new Case(i, entry(i), said(i).output());
            evaluation.add(one, judge.judge(one, Map.of()));
        }

        assertFalse(evaluation.result(() -> false).gates());
    }

    private SimulationResult judged(String forward, String swapped) {
        Evaluation evaluation = new Evaluation(setup(usual(), "j", null));
        for (int i = 0; i < 120; i++) {
            add(evaluation, i, said(i), null, opinion(forward), opinion(swapped));
        }
        return evaluation.result(() -> false);
    }

    private SimulationResult asked(
            TaskCriteria criteria, String spent, IntFunction<Answer> answers) {
        Evaluation evaluation = new Evaluation(setup(criteria, null, spent));
        for (int i = 0; i < 120; i++) {
            boolean demonstrated = criteria.leastAgreement() != null;
            add(
                    evaluation,
                    i,
                    answers.apply(i),
                    demonstrated ? said(i).output() : null,
                    null,
                    null);
        }
        return evaluation.result(() -> false);
    }

    private SimulationResult askedWithout(TaskCriteria criteria) {
        Evaluation evaluation = new Evaluation(setup(criteria, null, null));
        for (int i = 0; i < 120; i++) {
            add(evaluation, i, said(i), null, null, null);
        }
        return evaluation.result(() -> false);
    }

    private void add(
            Evaluation evaluation,
            int i,
            Answer answer,
            ObjectNode demonstration,
            Answer forward,
            Answer swapped) {
        Case one = new Case(i, entry(i), null, demonstration, answer, forward, swapped);
        evaluation.add(one, judge.judge(one, Map.of()));
    }

    private static Setup setup(TaskCriteria criteria, String judgeModel, String spent) {
        return new Setup(
                true,
                3,
                "candidate",
                judgeModel,
                new Budget(120, 0),
                spent,
                Map.of("game", criteria));
    }

    private static TaskCriteria usual() {
        return TaskCriteria.defaults("game");
    }

    private static TaskCriteria criteria(int leastPrompts, Double agreement, OutputRules output) {
        TaskCriteria usual = usual();
        return new TaskCriteria(
                "game",
                3,
                leastPrompts,
                usual.rejectionTolerance(),
                usual.flipTolerance(),
                usual.confidenceTolerance(),
                usual.errorTolerance(),
                usual.invalidTolerance(),
                usual.preferenceTolerance(),
                agreement,
                output,
                "Eve",
                "because",
                null);
    }

    private static Answer said(int i) {
        return proposing(i, false);
    }

    private static Answer proposing(int i, boolean intent) {
        ObjectNode output = JSON.createObjectNode().put("speech", Chatter.line(i));
        output.putArray("intents");
        if (intent) {
            output.withArray("intents")
                    .addObject()
                    .put("type", "memory_proposal")
                    .put("text", "likes tea " + i)
                    .put("confidence", 0.9);
        }
        return new Answer("candidate", "u", output, "raw", "stop", 10.0, null, null);
    }

    private static Answer failed() {
        return Answer.failure("candidate", "upstream_error", "no");
    }

    private static Answer opinion(String better) {
        String raw = "{\"better\":\"" + better + "\"}";
        return new Answer("j", "u", null, raw, "stop", 10.0, null, null);
    }

    private static LogEntry entry(int i) {
        ObjectNode log = JSON.createObjectNode().put("taskType", "game").put("llmPrompt", "p");
        log.set("aceyOutput", said(i).output());
        return LogEntryReader.read(log);
    }

    private static void assertReason(SimulationResult result, String start) {
        assertTrue(
                result.reasons().stream().anyMatch(reason -> reason.contains(start)),
                result.reasons().toString());
    }
}
