package dev.acey.simulation.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Review;
import dev.acey.rules.RuleSet;
import dev.acey.simulation.Chatter;
import dev.acey.simulation.drift.StyleReference;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseJudge;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.replay.Consistency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 3;

    private final CaseJudge judge = new CaseJudge(null, RuleSet.shipped(), true);
    private Evaluation evaluation = new Evaluation(true, SEED);

    @Test
    void aCandidateThatAnswersAlikePassesWithNothingToSay() {
        add("game", 120, EvaluationTest::said);

        SimulationResult result = result();

        assertEquals(Outcome.PASS, result.verdict());
        assertEquals(List.of(), result.reasons());
        assertEquals(new TaskVerdict(Outcome.PASS, List.of(), 0), result.tasks().get("game"));
        assertEquals(0, result.flips().rate());
        assertEquals(1, result.comparison().similarity().mean());
        assertEquals(120, result.statistics().approvals());
        assertEquals(120, result.statistics().processedLogs());
        assertTrue(!result.gates());
    }

    @Test
    void aCandidateThatIsRejectedMoreOftenFails() {
        add("game", 120, i -> i % 4 == 0 ? unsure(Chatter.line(i)) : said(i));

        SimulationResult result = result();

        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(0.25, result.comparison().rejectionRate().candidate());
        assertEquals(0, result.comparison().rejectionRate().baseline());
        assertTrue(result.comparison().rejectionRate().pValue() < 1e-6);
        assertEquals(0.25, result.flips().rate());
        assertEquals(30, result.flips().cases().size());
        assertEquals("rejected", result.flips().cases().get(0).candidate());
        assertEquals(30, result.statistics().rejections());
        assertReason(result, "game: more outputs are rejected: 0.0 % of the baseline's outputs");
        assertReason(result, "game: too many decisions change: 30 of 120");
    }

    @Test
    void tooFewPromptsAreInconclusiveEvenIfNothingIsWrong() {
        add("game", 39, EvaluationTest::said);

        SimulationResult result = result();

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertNull(result.drift().pValue());
        assertReason(result, "game: drift was not tested: too little");
        assertReason(result, "game: more outputs may be rejected than tolerated");
    }

    @Test
    void aCandidateThatShoutsFails() {
        add("game", 120, i -> output(Chatter.line(i).replace('.', '!')));

        SimulationResult result = result();

        assertEquals(Outcome.FAIL, result.verdict());
        assertTrue(result.drift().drifted());
        assertReason(result, "game: the voice drifted: p 0.001");
        assertReason(result, "in exclamation marks per sentence");
    }

    @Test
    void eachTaskIsJudgedByItselfAndTheWorstCounts() {
        add("audio", 120, EvaluationTest::said);
        add("game", 120, i -> output(Chatter.line(i).replace('.', '!')));
        add("website", 10, EvaluationTest::said);

        SimulationResult result = result();

        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(Outcome.FAIL, result.tasks().get("game").verdict());
        assertEquals(Outcome.INCONCLUSIVE, result.tasks().get("website").verdict());
        assertEquals(Outcome.INCONCLUSIVE, result.tasks().get("audio").verdict());
        assertReason(result, "audio: over all tasks together the voice drifted");
        assertEquals(250, result.statistics().totalLogs());
    }

    @Test
    void withoutCandidatesConsistencyDecides() {
        addRecorded(50, Consistency.AGREE);
        assertEquals(Outcome.PASS, result().verdict());

        addRecorded(1, Consistency.MISMATCH);
        SimulationResult result = result();
        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(51, result.consistency().checked());
        assertEquals(1, result.consistency().mismatches().size());
        assertReason(result, "game: 1 of 51 verdicts recorded live are not reached again");
    }

    @Test
    void withoutCandidatesAndWithoutRecordsNothingWasTested() {
        add("game", 50, i -> null);

        SimulationResult result = result();

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertEquals(50, result.consistency().notCheckable());
        assertReason(result, "game: nothing was tested");
        assertNull(result.flips().rate());
        assertNull(result.comparison().rejectionRate().baseline());
        assertNull(result.comparison().intents().precision());
    }

    @Test
    void noCasesAtAllAreInconclusive() {
        SimulationResult result = result();

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertEquals(1, result.reasons().size());
        assertEquals(0, result.statistics().totalLogs());
    }

    @Test
    void whatWasNotJudgedDoesNotPass() {
        evaluation = new Evaluation(false, SEED);
        CaseJudge none = new CaseJudge(null, RuleSet.shipped(), false);
        for (int i = 0; i < 120; i++) {
            Case one = new Case(i, entry("game", said(i)), said(i));
            evaluation.add(one, none.judge(one, Map.of()));
        }

        SimulationResult result = result();

        assertEquals(Outcome.INCONCLUSIVE, result.verdict());
        assertReason(result, "game: outputs were not judged");
        assertEquals(0, result.statistics().approvals());
        assertNotNull(result.drift().pValue());
    }

    @Test
    void confidencesThatDropAreToldWithTheirInterval() {
        for (int i = 0; i < 120; i++) {
            ObjectNode before = sure(i, 0.9 - i % 5 / 100.0);
            ObjectNode after = sure(i, 0.6);
            Case one = new Case(i, entry("game", before), after);
            evaluation.add(one, judge.judge(one, Map.of()));
        }

        SimulationResult result = result();

        assertEquals(Outcome.FAIL, result.verdict());
        assertEquals(0.88, result.comparison().confidence().baseline(), 1e-9);
        assertEquals(0.6, result.comparison().confidence().candidate(), 1e-9);
        assertEquals(-0.28, result.comparison().confidence().difference(), 0.011);
        assertTrue(result.comparison().confidence().adjustedPValue() < 1e-6);
        assertReason(result, "game: confidence dropped by 0.28");
        assertEquals(1, result.comparison().intents().precision());
        assertEquals(1, result.comparison().intents().recall());
    }

    @Test
    void theTestsThatWereMadeAreReadTogether() {
        add("game", 120, i -> i % 4 == 0 ? unsure(Chatter.line(i)) : said(i));

        ModelComparison comparison = result().comparison();

        double rejected = comparison.rejectionRate().pValue();
        assertEquals(rejected, comparison.approvalRate().pValue());
        assertEquals(2 * rejected, comparison.rejectionRate().adjustedPValue(), 1e-15);
        assertEquals(0.5, comparison.rejectionRate().effectSize());
        assertEquals(-0.5, comparison.approvalRate().effectSize());
        assertNull(comparison.confidence().pValue());
        assertNull(comparison.responseTime().pValue());
    }

    @Test
    void intentsAreHeldAgainstAnswersThatWereApproved() {
        addIntents(entry("game", sure(1, 0.9)), sure(1, 0.8));
        addIntents(entry("game", sure(2, 0.9)), sure(3, 0.8));
        addIntents(entry("game", said(4)), sure(4, 0.8));
        addIntents(decided(sure(5, 0.9), "rejected", null), sure(5, 0.9));
        addIntents(decided(sure(6, 0.9), "pending", null), sure(6, 0.9));

        ModelComparison.Intents intents = result().comparison().intents();

        assertEquals(3, intents.answers());
        assertEquals(1 / 3.0, intents.precision());
        assertEquals(1 / 2.0, intents.recall());
    }

    @Test
    void aPersonsCorrectionIsWhatWasRight() {
        addIntents(decided(sure(1, 0.9), "modified", sure(2, 1)), sure(2, 0.8));
        addIntents(decided(sure(3, 0.9), "approved", null), sure(3, 0.8));

        ModelComparison.Intents intents = result().comparison().intents();

        assertEquals(1, intents.precision());
        assertEquals(1, intents.recall());
    }

    @Test
    void whatIsWorstIsListedFirstAndNothingThatIsAlike() {
        add("game", 60, i -> i == 7 ? output("") : i == 9 ? output("Fold.") : said(i));

        List<WorstCases.WorstCase> worst = result().worstCases();

        assertEquals(List.of(7, 9), worst.stream().map(WorstCases.WorstCase::position).toList());
        assertTrue(worst.get(0).why().startsWith("the decision changes from approved to rejected"));
        assertTrue(worst.get(1).why().startsWith("the outputs are "));
    }

    @Test
    void ofManyBadCasesTheWorstAreKeptWhateverTheirOrder() {
        add("game", 100, i -> i < 90 ? output("Fold " + i) : output(""));

        List<WorstCases.WorstCase> worst = result().worstCases();

        assertEquals(WorstCases.MOST, worst.size());
        assertEquals(
                IntStream.range(90, 100).boxed().toList(),
                worst.subList(0, 10).stream().map(WorstCases.WorstCase::position).toList());
    }

    @Test
    void aVoiceThatLeftItsPinnedReferenceIsForAPersonToDecide() {
        StyleReference.Collector pinned = new StyleReference.Collector(SEED);
        for (int i = 1_000; i < 1_120; i++) {
            pinned.add(null, Chatter.line(i).replace('.', '!'));
        }
        add("game", 120, EvaluationTest::said);
        add("audio", 120, EvaluationTest::said);

        evaluation.against(Map.of("game", pinned.reference(), "website", pinned.reference()));
        SimulationResult result = result();

        assertEquals(Outcome.INCONCLUSIVE, result.tasks().get("game").verdict());
        assertEquals(Outcome.PASS, result.tasks().get("audio").verdict());
        assertEquals(List.of("game"), List.copyOf(result.referenceDrift().tasks().keySet()));
        assertReason(result, "game: the voice is not that of the pinned reference: p 0.001");
    }

    @Test
    void aReferenceThatCannotBeTestedLeavesTheTaskOpen() {
        StyleReference.Collector small = new StyleReference.Collector(SEED);
        small.add(null, Chatter.line(1));
        add("game", 120, EvaluationTest::said);

        evaluation.against(Map.of("game", small.reference()));

        assertReason(result(), "game: drift from the pinned reference was not tested: too little");
    }

    @Test
    void theSameCasesGiveTheSameResult() {
        SimulationResult[] results =
                IntStream.range(0, 2)
                        .mapToObj(
                                run -> {
                                    evaluation = new Evaluation(true, SEED);
                                    add("game", 90, i -> output(Chatter.line(i + i % 7)));
                                    return result();
                                })
                        .toArray(SimulationResult[]::new);

        assertEquals(results[0], results[1]);
    }

    private void add(String task, int count, IntFunction<ObjectNode> candidate) {
        for (int i = 0; i < count; i++) {
            Case one = new Case(i, entry(task, said(i)), candidate.apply(i));
            evaluation.add(one, judge.judge(one, Map.of()));
        }
    }

    private void addRecorded(int count, Consistency consistency) {
        for (int i = 0; i < count; i++) {
            Case one = new Case(i, entry("game", said(i)), null);
            CaseResult judged = judge.judge(one, Map.of());
            evaluation.add(
                    one,
                    new CaseResult(
                            consistency,
                            "sha256:a",
                            "sha256:b",
                            judged.baseline(),
                            null,
                            null,
                            false));
        }
    }

    private void addIntents(LogEntry entry, ObjectNode candidate) {
        Case one = new Case(0, entry, candidate);
        evaluation.add(one, judge.judge(one, Map.of()));
    }

    /** An entry that a person decided. */
    private static LogEntry decided(ObjectNode output, String decision, ObjectNode action) {
        return entry("game", output)
                .decided(decision, action, new Review("ann", null, Instant.EPOCH));
    }

    private SimulationResult result() {
        return evaluation.result(() -> false);
    }

    private static void assertReason(SimulationResult result, String text) {
        assertTrue(
                result.reasons().stream().anyMatch(reason -> reason.contains(text)),
                () -> result.reasons().toString());
    }

    private static LogEntry entry(String task, ObjectNode output) {
        ObjectNode entry = JSON.createObjectNode().put("taskType", task).put("llmPrompt", "p");
        return LogEntryReader.read(entry.set("aceyOutput", output));
    }

    private static ObjectNode said(int i) {
        return output(Chatter.line(i));
    }

    private static ObjectNode output(String speech) {
        ObjectNode output = JSON.createObjectNode().put("speech", speech);
        output.putArray("intents");
        return output;
    }

    private static ObjectNode unsure(String speech) {
        ObjectNode output = output(speech);
        output.withArray("intents")
                .addObject()
                .put("type", "memory_proposal")
                .put("text", "likes tea")
                .put("confidence", 0.3);
        return output;
    }

    private static ObjectNode sure(int i, double confidence) {
        ObjectNode output = said(i);
        output.withArray("intents")
                .addObject()
                .put("type", "memory_proposal")
                .put("text", "likes tea " + i)
                .put("confidence", confidence);
        return output;
    }
}
