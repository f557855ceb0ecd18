package dev.acey.rules;

import static dev.acey.rules.TestJson.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSetTest {
    private static final String YAML =
            """
            # a comment
            rules:
              - id: own.low
                on: small_talk
                params: {min: 0.5, max: 1e0}
                when: intent.confidence < params.min
                effect: drop
                reason: below {min}
            """;

    @Test
    void theNameDoesNotDependOnHowTheSetIsWritten() {
        String json =
                """
                {"rules":[{"reason":"below {min}","effect":"drop","enabled":true,"on":["small_talk"],
                "when":"intent.confidence < params.min","params":{"max":1.0,"min":5e-1},"id":"own.low"}]}""";

        assertEquals(RuleSet.parse(YAML).hash(), RuleSet.parse(json).hash());
        assertEquals(RuleSet.parse(YAML).canonical(), RuleSet.parse(json).canonical());
    }

    @Test
    void theNameDependsOnEverythingThatIsSaid() {
        RuleSet rules = RuleSet.parse(YAML);

        for (String other :
                List.of(
                        YAML.replace("0.5", "0.51"),
                        YAML.replace("own.low", "own.lower"),
                        YAML.replace("small_talk", "'*'"),
                        YAML.replace("drop", "review"),
                        YAML.replace("below", "under"),
                        YAML.replace("< params", "<= params"),
                        YAML + "    enabled: false\n")) {
            assertNotEquals(rules.hash(), RuleSet.parse(other).hash());
        }
    }

    @Test
    void theCanonicalFormReadsBackAsTheSameSet() {
        for (RuleSet rules :
                List.of(RuleSet.shipped(), RuleSet.parse(YAML), RuleSet.parse("rules: []"))) {
            RuleSet again = RuleSet.parse(rules.canonical());

            assertEquals(rules.hash(), again.hash());
            assertEquals(rules.rules(), again.rules());
        }
    }

    @Test
    void theShippedSetIsTheOneReleased() {
        assertEquals(
                "sha256:943a09decbc6babe2ae1b57ba293e01c58543c53117c5c638851a10d603c827b",
                RuleSet.shipped().hash(),
                "the shipped rules changed: say so in the release notes, and change this line");
        assertSame(RuleSet.shipped(), RuleSet.shipped());
    }

    @Test
    void theDefaultsAreThoseOfTheDesign() {
        assertEquals(0.4, shipped("memory.lowConfidence").params().get("min"));
        assertEquals(30 * 24 * 3600, shipped("memory.ttlLimit").params().get("maxSeconds"));
        assertEquals(20, shipped("memory.duplicateCheck").params().get("characters"));
        assertEquals(300, shipped("persona.frequencyLimit").params().get("seconds"));
        assertEquals(0.1, shipped("trust.deltaThrottle").params().get("max"));
        assertEquals(10, shipped("moderation.frequencyLimit").params().get("characters"));
        assertEquals(300, shipped("moderation.frequencyLimit").params().get("seconds"));
        assertEquals(4_000, shipped("speech.length").params().get("max"));
        assertTrue(RuleSet.shipped().rules().stream().allMatch(Rule::enabled));
    }

    @Test
    void aRuleIsSwitchedOffAndOnAgain() {
        RuleSet rules = RuleSet.parse(YAML);
        RuleSet off = rules.with("own.low", false);
        JsonNode output =
                json("{'speech': 'x', 'intents': [{'type': 'small_talk', 'confidence': 0}]}");

        assertEquals(
                Decision.MODIFIED,
                rules.judge(output, RuleState.neutral(), TestJson.AT).decision());
        assertEquals(
                Decision.APPROVED, off.judge(output, RuleState.neutral(), TestJson.AT).decision());
        assertNotEquals(rules.hash(), off.hash());
        assertEquals(rules.hash(), off.with("own.low", true).hash());
        assertThrows(IllegalArgumentException.class, () -> rules.with("own.other", false));
    }

    @Test
    void theReasonNamesTheParameters() {
        Verdict verdict =
                TestJson.judge(
                        RuleSet.parse(YAML),
                        "{'intents': [{'type': 'small_talk', 'confidence': 0.4}]}");

        assertEquals("own.low: below 0.5", verdict.reason());
    }

    @Test
    void whatIsNotChangedIsTheVeryNodeThatWasJudged() {
        JsonNode output = json("{'speech': 'Hi', 'intents': [{'type': 'wave'}]}");

        assertSame(
                output, RuleSet.shipped().judge(output, RuleState.neutral(), TestJson.AT).output());
    }

    @Test
    void theOutputGivenIsNeverChanged() {
        String source =
                "{'speech': 'Hi', 'intents': [{'type': 'trust_signal', 'user': 'a', 'delta': 1}]}";
        JsonNode output = json(source);
        Verdict verdict = RuleSet.shipped().judge(output, RuleState.neutral(), TestJson.AT);

        assertEquals(Decision.MODIFIED, verdict.decision());
        assertEquals(json(source), output);
    }

    private static Rule shipped(String id) {
        return RuleSet.shipped().rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findAny()
                .orElseThrow();
    }
}
