package dev.acey.simulation.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseJudgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final String FINE = "{'speech':'Nice hand.','intents':[]}";
    private static final String UNSURE =
            "{'speech':'Hm.','intents':[{'type':'memory_proposal','text':'tea','confidence':0.3}]}";
    private static final String MODE =
            "{'speech':'Go!','intents':[{'type':'persona_mode_proposal','mode':'hype'}]}";

    private static final Map<String, RuleSet> KNOWN =
            Map.of(RuleSet.shipped().hash(), RuleSet.shipped());

    private final CaseJudge judge = new CaseJudge(null, RuleSet.shipped(), true);

    @Test
    void aVerdictRecordedLiveIsReachedAgain() {
        CaseResult result = judge.judge(new Case(0, live(FINE, RuleState.neutral()), null), KNOWN);

        assertEquals(Consistency.AGREE, result.consistency());
        assertEquals(result.recordedHash(), result.replayedHash());
        assertEquals("approved", result.baseline().decision());
    }

    @Test
    void theStateThatHeldLiveHoldsForBothOutputs() {
        RuleState locked = state("{'persona':{'mode':'locked','locked':true}}");

        CaseResult result = judge.judge(new Case(0, live(MODE, locked), node(MODE)), KNOWN);

        assertEquals(Consistency.AGREE, result.consistency());
        assertEquals("modified", result.baseline().decision());
        assertEquals(result.baseline(), result.candidate());
        assertFalse(result.flipped());
    }

    @Test
    void aRecordThatDoesNotFitItsOutputIsAMismatch() {
        LogEntry recorded = live(UNSURE, RuleState.neutral());
        LogEntry altered =
                given(FINE).stored(recorded.id(), AT, "rejected", recorded.autoRules(), null);

        CaseResult result = judge.judge(new Case(0, altered, null), KNOWN);

        assertEquals(Consistency.MISMATCH, result.consistency());
        assertFalse(result.recordedHash().equals(result.replayedHash()));
    }

    @Test
    void aStateThatIsNoneCannotLeadToTheRecordedVerdict() {
        RuleState locked = state("{'persona':{'mode':'locked','locked':true}}");
        AutoRules is = live(MODE, locked).autoRules();
        AutoRules broken =
                new AutoRules(
                        is.ruleSet(),
                        is.decision(),
                        is.action(),
                        is.findings(),
                        node("{'persona':{'locked':'maybe'}}"),
                        is.at(),
                        is.output(),
                        is.verdictHash(),
                        true);

        CaseResult result =
                judge.judge(
                        new Case(0, given(MODE).stored(null, AT, "modified", broken, null), null),
                        KNOWN);

        assertEquals(Consistency.MISMATCH, result.consistency());
    }

    @Test
    void withoutARecordOfOursThereIsNothingToCheck() {
        assertEquals(
                Consistency.NOT_CHECKABLE,
                judge.judge(new Case(0, given(FINE), null), KNOWN).consistency());
    }

    @Test
    void whatIsNotReplayableOrJudgedByAnUnknownSetIsNotCheckable() {
        AutoRules is = live(FINE, RuleState.neutral()).autoRules();

        assertEquals(Consistency.NOT_CHECKABLE, consistencyOf(is, is.ruleSet(), false));
        assertEquals(
                Consistency.NOT_CHECKABLE, consistencyOf(is, "sha256:" + "0".repeat(64), true));
        assertEquals(Consistency.AGREE, consistencyOf(is, is.ruleSet(), true));
    }

    @Test
    void anotherDecisionOnTheCandidatesOutputIsAFlip() {
        CaseResult result = judge.judge(new Case(0, given(FINE), node(UNSURE)), KNOWN);

        assertEquals("approved", result.baseline().decision());
        assertEquals("rejected", result.candidate().decision());
        assertTrue(result.flipped());
        assertEquals(
                "memory.lowConfidence",
                result.candidate().findings().get(0).path("ruleId").asText());
    }

    @Test
    void aChosenSetJudgesBothWhileConsistencyIsCheckedWithTheEntrysOwn() {
        RuleSet lenient = RuleSet.shipped().with("memory.lowConfidence", false);
        CaseJudge chosen = new CaseJudge(lenient, RuleSet.shipped(), true);

        CaseResult result =
                chosen.judge(new Case(0, live(UNSURE, RuleState.neutral()), node(UNSURE)), KNOWN);

        assertEquals(Consistency.AGREE, result.consistency());
        assertEquals("approved", result.baseline().decision());
        assertEquals(lenient.hash(), result.candidate().ruleSet());
    }

    @Test
    void aCallThatFailedHasNoOutputUnlessTheCandidateGaveOne() throws IOException {
        LogEntry failed =
                read("{'taskType':'game','llmPrompt':'p','error':{'type':'upstream_timeout'}}");

        assertTrue(judge.judge(new Case(0, failed, null), KNOWN).nothing());
        CaseResult answered = judge.judge(new Case(0, failed, node(FINE)), KNOWN);
        assertFalse(answered.nothing());
        assertNull(answered.baseline());
        assertNull(answered.likeness());
        assertEquals("approved", answered.candidate().decision());
    }

    @Test
    void rawTextIsJudgedAsSpeech() throws IOException {
        LogEntry raw = read("{'taskType':'game','llmPrompt':'p','llmOutput':'Nice hand.'}");

        assertEquals("approved", judge.judge(new Case(0, raw, null), KNOWN).baseline().decision());
    }

    @Test
    void withoutRulesOnlyTheOutputsAreCompared() {
        CaseResult result =
                new CaseJudge(null, RuleSet.shipped(), false)
                        .judge(new Case(0, live(FINE, RuleState.neutral()), node(UNSURE)), KNOWN);

        assertNull(result.baseline());
        assertNull(result.candidate());
        assertEquals(Consistency.NOT_CHECKABLE, result.consistency());
        assertEquals(1, result.likeness().candidateIntents());
    }

    @Test
    void aResultIsReadAsItWasWritten() throws IOException {
        CaseResult result =
                judge.judge(new Case(0, live(FINE, RuleState.neutral()), node(UNSURE)), KNOWN);

        assertEquals(result, JSON.readValue(JSON.writeValueAsBytes(result), CaseResult.class));
    }

    private Consistency consistencyOf(AutoRules is, String ruleSet, boolean replayable) {
        AutoRules other =
                new AutoRules(
                        ruleSet,
                        is.decision(),
                        is.action(),
                        is.findings(),
                        is.state(),
                        is.at(),
                        is.output(),
                        is.verdictHash(),
                        replayable);
        return judge.judge(
                        new Case(0, given(FINE).stored(null, AT, "approved", other, null), null),
                        KNOWN)
                .consistency();
    }

    private static LogEntry live(String output, RuleState state) {
        Verdict verdict = RuleSet.shipped().judge(node(output), state, AT);
        AutoRules recorded =
                new AutoRules(
                        verdict.ruleSet(),
                        verdict.decision().json(),
                        verdict.action().json(),
                        verdict.toJson().get("findings"),
                        state.toJson(),
                        AT,
                        null,
                        verdict.hash(),
                        true);
        return given(output).stored(null, AT, verdict.decision().json(), recorded, null);
    }

    private static LogEntry given(String output) {
        try {
            return read("{'taskType':'game','llmPrompt':'p','aceyOutput':" + output + "}");
        } catch (IOException e) {
            throw new IllegalArgumentException(output, e);
        }
    }

    private static LogEntry read(String entry) throws IOException {
        return LogEntryReader.read(JSON.readTree(entry.replace('\'', '"')));
    }

    private static RuleState state(String json) {
        return RuleState.fromJson(node(json));
    }

    private static ObjectNode node(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
