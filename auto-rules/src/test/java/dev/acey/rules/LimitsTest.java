package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static dev.acey.rules.TestJson.engineFinding;
import static dev.acey.rules.TestJson.flagging;
import static dev.acey.rules.TestJson.json;
import static dev.acey.rules.TestJson.judge;
import static dev.acey.rules.TestJson.parse;
import static dev.acey.rules.TestJson.ruleSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be judged is rejected, always by the same finding, and quickly. */
@Timeout(60)
class LimitsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine.output     | []",
                "engine.intents    | {'intents': {'type': 'a'}}",
                "engine.intents    | {'intents': 'a'}",
                "engine.toolCalls  | {'toolCalls': {}}",
                "engine.toolCalls  | {'tool_calls': 'x'}",
                "engine.speech     | {'speech': 7}",
                "engine.speech     | {'speech': ['Hi']}",
                "engine.intentType | {'intents': [{}]}",
                "engine.intentType | {'intents': [{'type': null}]}",
                "engine.intentType | {'intents': [{'type': 7}]}",
                "engine.intentType | {'intents': [{'type': ' '}]}",
                "engine.intentType | {'intents': ['wave']}",
                "engine.intentType | {'intents': [null]}",
                "engine.number     | {'speech': 'Hi', 'x': 1e400}",
                "engine.number     | {'intents': [{'type': 'a', 'confidence': -1e999}]}",
                "engine.text       | {'speech': '\\ud800'}",
                "engine.text       | {'speech': 'Hi', '\\udc00': 1}"
            })
    void anOutputThatIsNotOneIsRejected(String finding, String output) {
        Verdict verdict = RuleSet.shipped().judge(json(output), RuleState.neutral(), AT);

        assertRejected(finding, verdict);
    }

    @Test
    void aNodeThatIsNotJsonIsRejected() {
        for (JsonNode output :
                Arrays.asList(
                        null,
                        MissingNode.getInstance(),
                        NullNode.getInstance(),
                        JSON.textNode("Hi"))) {
            assertRejected(
                    "engine.output", RuleSet.shipped().judge(output, RuleState.neutral(), AT));
        }
        ObjectNode pojo = JSON.objectNode().put("speech", "Hi");
        pojo.set("x", new POJONode(new Object()));
        assertRejected("engine.output", RuleSet.shipped().judge(pojo, RuleState.neutral(), AT));
        ObjectNode nan = JSON.objectNode().put("speech", "Hi");
        nan.set("x", DoubleNode.valueOf(Double.NaN));
        assertRejected("engine.number", RuleSet.shipped().judge(nan, RuleState.neutral(), AT));
    }

    @Test
    void anInstantOutsideTheYearsOfTheApiIsRejected() {
        JsonNode output = json("{'speech': 'Hi'}");
        for (Instant at : Arrays.asList(null, Instant.MAX, Instant.MIN)) {
            assertRejected(
                    "engine.instant", RuleSet.shipped().judge(output, RuleState.neutral(), at));
        }
    }

    @Test
    void noStateGivenIsTheNeutralOne() {
        JsonNode output =
                json("{'intents': [{'type': 'trust_signal', 'user': 'a', 'delta': 0.05}]}");

        assertEquals(
                RuleSet.shipped().judge(output, RuleState.neutral(), AT),
                RuleSet.shipped().judge(output, null, AT));
    }

    @Test
    void aTypeMayHaveTwoHundredCharactersAndNoMore() {
        assertEquals(
                Decision.APPROVED, judge(RuleSet.shipped(), typed("x".repeat(200))).decision());
        assertRejected("engine.intentType", judge(RuleSet.shipped(), typed("x".repeat(201))));
    }

    @Test
    void tenThousandIntentsAreRefused() {
        ArrayNode intents = JSON.arrayNode();
        for (int i = 0; i < 10_000; i++) {
            intents.addObject().put("type", "memory_proposal");
        }
        Verdict verdict =
                RuleSet.shipped()
                        .judge(JSON.objectNode().set("intents", intents), RuleState.neutral(), AT);

        assertRejected("engine.intents", verdict);
        assertEquals(1, verdict.findings().size());
    }

    @Test
    void nestingIsFollowedToSixtyFourLevels() {
        String deepest = "{'speech': 'Hi', 'x': " + "[".repeat(63) + "]".repeat(63) + "}";

        assertEquals(Decision.APPROVED, judge(RuleSet.shipped(), deepest).decision());
        assertRejected(
                "engine.depth",
                judge(RuleSet.shipped(), deepest.replace("'x': ", "'x': [").replace("}", "]}")));
        JsonNode abyss = JSON.arrayNode();
        for (int i = 0; i < 100_000; i++) {
            abyss = JSON.arrayNode().add(abyss);
        }
        assertRejected(
                "engine.depth",
                RuleSet.shipped()
                        .judge(JSON.objectNode().set("x", abyss), RuleState.neutral(), AT));
    }

    @Test
    void tooManyValuesAndTooMuchTextAreRefused() {
        ArrayNode many = JSON.arrayNode();
        IntStream.range(0, Limits.MAX_OUTPUT_VALUES).forEach(many::add);
        ObjectNode values = JSON.objectNode().put("speech", "Hi");
        values.set("x", many);

        assertRejected("engine.size", RuleSet.shipped().judge(values, RuleState.neutral(), AT));
        ObjectNode text = JSON.objectNode().put("speech", "x".repeat(Limits.MAX_OUTPUT_TEXT + 1));
        assertRejected("engine.text", RuleSet.shipped().judge(text, RuleState.neutral(), AT));
    }

    @Test
    void aThousandIntentsAreJudgedByTheShippedRules() {
        List<Memory> memories =
                IntStream.range(0, 500).mapToObj(i -> new Memory("memory " + i, AT)).toList();
        RuleState state = new RuleState(Persona.NEUTRAL, Map.of(), memories, List.of());
        ArrayNode intents = JSON.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            intents.addObject()
                    .put("type", "memory_proposal")
                    .put("confidence", 1)
                    .put("text", "other " + i);
        }
        ObjectNode output = JSON.objectNode().set("intents", intents);

        assertEquals(Decision.APPROVED, RuleSet.shipped().judge(output, state, AT).decision());
    }

    @Test
    void aHostileRegularExpressionIsLinear() {
        RuleSet rules =
                ruleSet("speech", "speech.matches('(a+)+$') && speech.matches('^(a|a)*$')", "flag");
        ObjectNode output = JSON.objectNode().put("speech", "a".repeat(100_000) + "b");

        assertEquals(Decision.APPROVED, rules.judge(output, RuleState.neutral(), AT).decision());
    }

    @Test
    void aRegularExpressionTooLargeForItsTextIsGivenUp() {
        RuleSet rules = ruleSet("speech", "speech.matches('(a?){300}(a|b)*c')", "flag");
        ObjectNode output = JSON.objectNode().put("speech", "a".repeat(130_000));

        assertRejected("engine.work", rules.judge(output, RuleState.neutral(), AT));
    }

    @Test
    void loopsInLoopsAreGivenUp() {
        RuleSet rules =
                ruleSet(
                        "output",
                        "intents.all(a, intents.all(b, intents.all(c, intents.all(d, has(d.type)))))",
                        "flag");

        assertRejected("engine.work", judge(rules, manyIntents(1_000)));
        assertEquals(Decision.APPROVED, judge(rules, manyIntents(10)).decision());
    }

    @Test
    void searchingOneLongTextInAnotherIsGivenUp() {
        RuleSet rules = ruleSet("output", "speech.contains(output.part)", "flag");
        ObjectNode output =
                JSON.objectNode()
                        .put("speech", "a".repeat(65_000))
                        .put("part", "a".repeat(60_000) + "b");

        assertRejected("engine.work", rules.judge(output, RuleState.neutral(), AT));
    }

    @Test
    void growingTextsAndListsAreGivenUp() {
        ObjectNode output = (ObjectNode) json(manyIntents(1_000));
        output.put("speech", "a".repeat(100_000));
        RuleSet text = ruleSet("output", "size(intents.map(i, speech + speech)) > 0", "flag");
        RuleSet list =
                ruleSet(
                        "output",
                        "size(intents.map(a, intents.map(b, intents.map(c, [a, b, c])))) > 0",
                        "flag");

        assertRejected("engine.work", text.judge(output, RuleState.neutral(), AT));
        assertRejected("engine.work", judge(list, manyIntents(1_000)));
    }

    @Test
    void rulesMakeNoMoreThanAnOutputMayHold() {
        StringBuilder itself = new StringBuilder("rules:\n");
        StringBuilder twice = new StringBuilder("rules:\n");
        String rule = "  - {id: own.r%d, on: output, effect: set, set: {%s}, reason: because}\n";
        for (int i = 0; i < 30; i++) {
            itself.append(rule.formatted(i, "f" + i + ": output"));
            twice.append(rule.formatted(i, "speech: speech + speech"));
        }
        String output = "{'speech': 'Hi', 'x': [1, 2, 3]}";

        assertRejected("engine.work", judge(RuleSet.parse(itself.toString()), output));
        assertRejected("engine.work", judge(RuleSet.parse(twice.toString()), output));
    }

    @Test
    void lookingForNumbersAgainAndAgainIsGivenUp() {
        for (String function : List.of("hasIban", "hasCardNumber")) {
            RuleSet rules = ruleSet("speech", againAndAgain(function + "(speech)"), "flag");
            ObjectNode output = JSON.objectNode().put("speech", "AA11 ".repeat(26_000));

            assertRejected("engine.work", rules.judge(output, RuleState.neutral(), AT));
        }
    }

    @Test
    void lookingThroughLongMemoriesAgainAndAgainIsGivenUp() {
        String start = "m".repeat(1_990);
        RuleState state =
                new RuleState(
                        Persona.NEUTRAL,
                        Map.of(),
                        Collections.nCopies(500, new Memory(start + "x", AT)),
                        Collections.nCopies(500, new Moderation(start + "x", AT)));
        ObjectNode output = JSON.objectNode().put("speech", start + "y");
        for (String condition :
                List.of("remembers(speech, 2000)", "moderated(speech, 2000, 300)")) {
            RuleSet once = ruleSet("speech", condition, "flag");
            RuleSet again = ruleSet("speech", againAndAgain(condition), "flag");

            assertEquals(Decision.APPROVED, once.judge(output, state, AT).decision());
            assertRejected("engine.work", again.judge(output, state, AT));
        }
    }

    @Test
    void failuresAnExpressionGoesOnAfterAreCounted() {
        RuleSet rules = ruleSet("a", againAndAgain("intent.x") + " || true", "flag");

        assertRejected("engine.work", judge(rules, manyIntents(1_000)));
        assertEquals(Decision.APPROVED, judge(rules, manyIntents(10)).decision());
    }

    @Test
    void findingsAreBounded() {
        StringBuilder source = new StringBuilder("rules:\n");
        for (int i = 0; i < 20; i++) {
            source.append("  - {id: own.r%d, on: a, effect: flag, reason: because}\n".formatted(i));
        }
        Verdict verdict = judge(RuleSet.parse(source.toString()), manyIntents(1_000));

        assertRejected("engine.findings", verdict);
        assertEquals(Limits.MAX_FINDINGS + 1, verdict.findings().size());
    }

    @Test
    void twoHundredFailingRulesOnAThousandIntentsEnd() {
        StringBuilder source = new StringBuilder("rules:\n");
        for (int i = 0; i < 200; i++) {
            source.append(
                    "  - {id: own.r%d, on: a, when: intent.x, effect: flag, reason: because}\n"
                            .formatted(i));
        }

        assertEquals(
                Decision.REJECTED,
                judge(RuleSet.parse(source.toString()), manyIntents(1_000)).decision());
    }

    @Test
    void whatWasJudgedBeforeDoesNotDecideWhatIsGivenUp() {
        RuleSet rules = ruleSet("*", "intentType.matches('(x?){300}y')", "flag");
        String output = manyIntents(1_000).replace("'a'", "'" + "x".repeat(100) + "'");
        Verdict cold = judge(rules, output);
        Verdict warm = judge(rules, output);

        assertEquals(cold, warm);
        assertRejected("engine.work", warm);
    }

    @Test
    void aBrokenRuleRejectsInWordsOfOurOwn() {
        Verdict verdict = judge(flagging("intent.a.b.c == 1"), "{'intents': [{'type': 'a'}]}");

        assertEquals(
                List.of(
                        new Finding(
                                "own.rule",
                                0,
                                Effect.REJECT,
                                "could not be evaluated, because a field it reads is missing or of"
                                        + " another type")),
                verdict.findings());
        assertEquals(Decision.REJECTED, verdict.decision());
    }

    private static String typed(String type) {
        return "{'intents': [{'type': '" + type + "'}]}";
    }

    private static String againAndAgain(String condition) {
        return String.join("||", Collections.nCopies(3_900 / (condition.length() + 2), condition));
    }

    private static String manyIntents(int count) {
        return "{'intents': [" + "{'type': 'a'},".repeat(count - 1) + "{'type': 'a'}]}";
    }

    private static void assertRejected(String finding, Verdict verdict) {
        assertEquals(finding, engineFinding(verdict));
        assertEquals(Decision.REJECTED, verdict.decision());
        assertEquals(Action.BLOCK, verdict.action());
        assertEquals(NullNode.getInstance(), verdict.output());
        assertEquals(
                "rejected",
                parse(CanonicalJson.text(verdict.toJson())).get("decision").textValue());
    }
}
