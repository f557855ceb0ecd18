package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static dev.acey.rules.TestJson.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the state cannot be read, what needs it waits for a person. */
class WithoutStateTest {
    @Test
    void intentsThatNeedTheStateGoToReviewAndTheRestGoesOn() {
        Verdict verdict =
                judge(
                        "{'speech': 'Hi', 'intents': [{'type': 'wave'},"
                                + "{'type': 'memory_proposal', 'confidence': 1, 'text': 'Ann'},"
                                + "{'type': 'persona_mode_proposal', 'mode': 'hype'},"
                                + "{'type': 'trust_signal', 'user': 'ann', 'delta': 0.01}]}");

        assertEquals(Decision.PENDING, verdict.decision());
        assertEquals(Action.DELIVER_MODIFIED, verdict.action());
        assertEquals(json("{'speech': 'Hi', 'intents': [{'type': 'wave'}]}"), verdict.output());
        assertEquals(
                List.of(
                        "state_unavailable 1 REVIEW",
                        "state_unavailable 2 REVIEW",
                        "state_unavailable 3 REVIEW"),
                findings(verdict));
    }

    @Test
    void whatNeedsNoStateIsDecidedAsEver() {
        assertEquals(
                List.of("memory.lowConfidence 0 REJECT", "state_unavailable 0 REVIEW"),
                findings(judge("{'intents': [{'type': 'memory_proposal', 'confidence': 0.1}]}")));
        assertEquals(
                List.of("moderation.severityFilter 0 DROP"),
                findings(
                        judge(
                                "{'intents': [{'type': 'shadow_ban_suggestion', 'severity': 'low'}]}")));
        assertEquals(
                List.of("moderation.review 0 REVIEW"),
                findings(
                        judge(
                                "{'intents': [{'type': 'shadow_ban_suggestion', 'severity': 'high'}]}")));
        assertEquals(Decision.APPROVED, judge("{'speech': 'Hi'}").decision());
    }

    @Test
    void aRuleThatIsSwitchedOffNeedsNoState() {
        RuleSet rules = RuleSet.shipped().with("memory.duplicateCheck", false);
        String output =
                "{'intents': [{'type': 'memory_proposal', 'confidence': 1, 'text': 'Ann'}]}";

        assertEquals(Decision.APPROVED, rules.judgeWithoutState(json(output), AT).decision());
    }

    @Test
    void aRuleOnSpeechThatNeedsTheStateHoldsTheWholeOutput() {
        RuleSet rules = TestJson.ruleSet("speech", "state.persona.mode == 'calm'", "flag");
        Verdict verdict = rules.judgeWithoutState(json("{'speech': 'Hi'}"), AT);

        assertEquals(Action.HOLD_FOR_REVIEW, verdict.action());
        assertEquals(List.of("state_unavailable null HOLD"), findings(verdict));
    }

    private static Verdict judge(String output) {
        return RuleSet.shipped().judgeWithoutState(json(output), AT);
    }

    private static List<String> findings(Verdict verdict) {
        return verdict.findings().stream()
                .map(f -> f.ruleId() + " " + f.intentIndex() + " " + f.effect())
                .toList();
    }
}
