package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static dev.acey.rules.TestJson.parse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for every output, state and rule set. */
class RulePropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final RuleSet RULES = RuleSet.shipped();

    /** A sum passes through the nearest double on its way to the clamp. */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-15");

    /** All that the shipped rules can say of trust, and a rule that needs more of the state. */
    private static final RuleSet EVERYTHING =
            RuleSet.parse(
                    """
                    rules:
                      - {id: own.memories, on: wave, when: "size(state.memories) > 1", effect: flag, reason: r}
                      - {id: own.moderation, on: dance, when: "state.moderation.exists(m, m.ageSeconds < 9.0)", effect: review, reason: r}
                      - {id: own.user, on: '*', when: "state.user.lastMinute > 0.05", effect: flag, reason: r}
                      - {id: own.mode, on: output, when: "state.persona.mode == 'hype'", effect: hold, reason: r}
                    """);

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theSameInputGivesTheSameBytes(
            @ForAll("outputs") JsonNode output, @ForAll("states") RuleState state) {
        RuleSet sameRules = RULES.with("speech.iban", true);
        byte[] once = RULES.judge(output, state, AT).canonical();
        JsonNode travelled = parse(CanonicalJson.text(output));
        RuleState stored = RuleState.fromJson(parse(state.toJson().toString()));

        assertArrayEquals(once, sameRules.judge(travelled, stored, AT).canonical());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theOrderOfFieldsDoesNotMatter(
            @ForAll("outputs") JsonNode output, @ForAll("states") RuleState state) {
        for (RuleSet rules : List.of(RULES, EVERYTHING)) {
            assertArrayEquals(
                    rules.judge(output, state, AT).canonical(),
                    rules.judge(reversed(output), state, AT).canonical());
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theStateThatWasReadGivesTheSameVerdict(
            @ForAll("outputs") JsonNode output, @ForAll("states") RuleState state) {
        for (RuleSet rules : List.of(RULES, EVERYTHING)) {
            TracedVerdict traced = rules.judgeTraced(output, state, AT);

            assertArrayEquals(
                    traced.verdict().canonical(),
                    rules.judge(output, traced.read(), AT).canonical());
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatDoesNotTouchTheStateIsJudgedAlikeByAnyAndChangesNone(
            @ForAll("outputs") JsonNode output, @ForAll("states") RuleState state) {
        if (RULES.touchesState(output)) {
            return;
        }
        TracedVerdict traced = RULES.judgeTraced(output, state, AT);
        Verdict nothing = RULES.judge(JSON.objectNode(), state, AT);

        assertArrayEquals(
                RULES.judge(output, RuleState.neutral(), AT).canonical(),
                traced.verdict().canonical());
        assertEquals(RuleState.neutral(), traced.read());
        assertEquals(
                state.after(JSON.objectNode(), nothing, AT),
                state.after(output, traced.verdict(), AT));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void trustStaysWithinItsBoundsOrComesNearer(
            @ForAll("trustOutputs") JsonNode output, @ForAll("states") RuleState state) {
        Verdict verdict = RULES.judge(output, state, AT);
        RuleState after = state.after(output, verdict, AT);

        for (String user : List.of("ann", "ben", "")) {
            Trust before = state.trust().getOrDefault(user, Trust.NEUTRAL);
            Trust now = after.trust().getOrDefault(user, Trust.NEUTRAL);

            for (long millis = 0; millis <= 61_000; millis += 250) {
                Instant at = AT.plusMillis(millis);
                BigDecimal bound = new BigDecimal("0.1").max(minuteTo(at, before).abs());
                assertTrue(
                        minuteTo(at, now).abs().compareTo(bound.add(ROUNDING)) <= 0,
                        () -> now + " after " + before);
            }
            assertTrue(now.score() >= 0 && now.score() <= 1, now::toString);
        }
    }

    private static BigDecimal minuteTo(Instant at, Trust trust) {
        return TrustMinute.of(trust.lastMinute(at), at).sum();
    }

    @Property(tries = 1000)
    void aClampOfASumNeverLeavesItsBoundsNorTurnsTheSign(
            @ForAll double delta, @ForAll double soFar, @ForAll double one, @ForAll double other) {
        if (!Double.isFinite(delta + soFar + one + other)) {
            return;
        }
        double min = Math.min(one, other);
        double max = Math.max(one, other);
        double clamped = Decimals.clampSum(delta, Decimals.of(soFar), min, max);
        BigDecimal sum = Decimals.of(soFar).add(Decimals.of(clamped));
        boolean wasInside = soFar >= min && soFar <= max;

        assertTrue(clamped == 0 || Math.signum(clamped) == Math.signum(delta));
        assertTrue(Math.abs(clamped) <= Math.abs(delta));
        assertTrue(
                !wasInside || (sum.doubleValue() >= min && sum.doubleValue() <= max),
                () ->
                        delta
                                + " after "
                                + soFar
                                + " within "
                                + min
                                + " … "
                                + max
                                + " gave "
                                + clamped);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noOutputMakesItThrow(
            @ForAll("anyJson") JsonNode output, @ForAll("states") RuleState state) {
        for (RuleSet rules : List.of(RULES, EVERYTHING)) {
            Verdict verdict = rules.judge(output, state, AT);
            Verdict blind = rules.judgeWithoutState(output, AT);

            assertEquals(verdict.hash(), CanonicalJson.sha256(verdict.canonical()));
            assertEquals(rules.hash(), blind.ruleSet());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noTextMakesParsingThrowAnythingElse(@ForAll("sources") String source) {
        try {
            RuleSet rules = RuleSet.parse(source);

            assertEquals(rules.hash(), RuleSet.parse(rules.canonical()).hash());
        } catch (RuleSetException e) {
            assertTrue(!e.getMessage().isBlank());
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noConditionMakesItThrow(
            @ForAll("conditions") String when, @ForAll("outputs") JsonNode output) {
        RuleSet rules;
        try {
            rules = TestJson.ruleSet("*", when, "reject");
        } catch (RuleSetException e) {
            return;
        }
        Verdict verdict = rules.judge(output, RuleState.neutral(), AT);

        assertArrayEquals(
                verdict.canonical(), rules.judge(output, RuleState.neutral(), AT).canonical());
    }

    @Provide
    Arbitrary<JsonNode> outputs() {
        return Combinators.combine(texts(), intents().list().ofMaxSize(6))
                .as(
                        (speech, intents) -> {
                            ObjectNode output = JSON.objectNode().put("speech", speech);
                            output.set("intents", JSON.arrayNode().addAll(intents));
                            return output;
                        });
    }

    @Provide
    Arbitrary<JsonNode> trustOutputs() {
        return trustSignals()
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(list -> JSON.objectNode().set("intents", JSON.arrayNode().addAll(list)));
    }

    @Provide
    Arbitrary<RuleState> states() {
        Arbitrary<Trust> trust =
                Combinators.combine(
                                Arbitraries.doubles().between(0, 1).ofScale(3),
                                Combinators.combine(
                                                Arbitraries.longs().between(-1_000, 90_000),
                                                Arbitraries.doubles().between(-0.1, 0.1).ofScale(3))
                                        .as(
                                                (ago, delta) ->
                                                        new Trust.Delta(AT.minusMillis(ago), delta))
                                        .list()
                                        .ofMaxSize(4))
                        .as(Trust::new);
        Arbitrary<Persona> persona =
                Combinators.combine(
                                Arbitraries.of("calm", "hype"),
                                Arbitraries.of(true, false),
                                Arbitraries.longs().between(0, 600_000).injectNull(0.2))
                        .as(
                                (mode, locked, ago) ->
                                        new Persona(
                                                mode,
                                                locked,
                                                ago == null ? null : AT.minusMillis(ago)));
        return Combinators.combine(
                        persona,
                        trust,
                        trust,
                        memoryTexts()
                                .map(text -> new Memory(text, AT.minusSeconds(60)))
                                .list()
                                .ofMaxSize(5),
                        memoryTexts()
                                .map(text -> new Moderation(text, AT.minusSeconds(5)))
                                .list()
                                .ofMaxSize(3))
                .as(
                        (who, ann, ben, memories, moderation) ->
                                new RuleState(
                                        who, Map.of("ann", ann, "ben", ben), memories, moderation));
    }

    @Provide
    Arbitrary<JsonNode> anyJson() {
        Arbitrary<JsonNode> leaf =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(20).map(JSON::textNode),
                        Arbitraries.doubles().map(JSON::numberNode),
                        Arbitraries.of(JSON.nullNode(), JSON.booleanNode(true)),
                        Arbitraries.of(
                                        "memory_proposal",
                                        "trust_signal",
                                        "shadow_ban_suggestion",
                                        "wave")
                                .map(JSON::textNode));
        Arbitrary<String> names =
                Arbitraries.of(
                        "speech",
                        "intents",
                        "type",
                        "confidence",
                        "ttl",
                        "user",
                        "delta",
                        "text",
                        "severity",
                        "justification",
                        "mode",
                        "toolCalls");
        return Arbitraries.recursive(
                () -> leaf,
                inner ->
                        Arbitraries.oneOf(
                                inner.list()
                                        .ofMaxSize(4)
                                        .map(list -> JSON.arrayNode().addAll(list)),
                                Arbitraries.maps(names, inner)
                                        .ofMaxSize(6)
                                        .map(
                                                fields -> {
                                                    ObjectNode node = JSON.objectNode();
                                                    fields.forEach(node::set);
                                                    return node;
                                                })),
                0,
                4);
    }

    @Provide
    Arbitrary<String> sources() {
        String good =
                """
                rules:
                  - id: own.one
                    on: [a, b]
                    params: {min: 0.5}
                    when: intent.x < params.min && speech.matches('(?i)x+')
                    effect: set
                    set: {x: 1}
                    reason: "below {min}"
                """;
        Arbitrary<String> broken =
                Combinators.combine(
                                Arbitraries.integers().between(0, good.length()),
                                Arbitraries.integers().between(0, 20),
                                Arbitraries.strings()
                                        .withChars("[]{}:,-'\"&*!|>%#\n\t a1.\u0000")
                                        .ofMaxLength(6))
                        .as(
                                (from, length, with) ->
                                        good.substring(0, from)
                                                + with
                                                + good.substring(
                                                        Math.min(good.length(), from + length)));
        return Arbitraries.oneOf(broken, Arbitraries.strings().ofMaxLength(80));
    }

    @Provide
    Arbitrary<String> conditions() {
        Arbitrary<String> values =
                Arbitraries.of(
                        "intent.x",
                        "intent.confidence",
                        "intent.text",
                        "intent",
                        "intentType",
                        "speech",
                        "output",
                        "intents",
                        "toolCalls",
                        "state.user.score",
                        "state.persona.mode",
                        "state.memories",
                        "1",
                        "0.5",
                        "-3",
                        "'a'",
                        "''",
                        "null",
                        "true",
                        "[1, 'a', null]",
                        "{'a': [1]}",
                        "9223372036854775807",
                        "1e308",
                        "1/0",
                        "1 % 0",
                        "speech[0]",
                        "intents[99]",
                        "digits(speech)",
                        "clampSum(intent.delta, 1e308, -1, 1)",
                        "remembers(speech, -5)",
                        "int('x')",
                        "double(speech)",
                        "type(intent)",
                        "intents.map(i, i.type)",
                        "intents.filter(i, i.confidence > 0.5)");
        Arbitrary<String> operators =
                Arbitraries.of("<", ">=", "==", "!=", "+", "-", "*", "/", "%", "&&", "||", "in");
        Arbitrary<String> terms =
                Combinators.combine(values, operators, values)
                        .as(
                                (left, operator, right) ->
                                        "(" + left + " " + operator + " " + right + ")");
        Arbitrary<String> dynamic =
                Combinators.combine(values, operators, values)
                        .as(
                                (left, operator, right) ->
                                        "["
                                                + left
                                                + ", 1, 'x'][0] "
                                                + operator
                                                + " ["
                                                + right
                                                + ", 1, 'x'][0]");
        return Arbitraries.oneOf(
                terms,
                dynamic,
                Combinators.combine(terms, operators, terms)
                        .as((a, b, c) -> a + " " + b + " " + c));
    }

    private Arbitrary<ObjectNode> intents() {
        Arbitrary<String> types =
                Arbitraries.of(
                        "memory_proposal",
                        "persona_mode_proposal",
                        "shadow_ban_suggestion",
                        "wave",
                        "dance",
                        "executeCode",
                        "MemoryProposal");
        Arbitrary<JsonNode> numbers =
                Arbitraries.of(
                                "0", "1", "1.0", "1e0", "0.4", "0.39", "null", "\"0.9\"", "2592001",
                                "-1")
                        .map(TestJson::parse);
        Arbitrary<ObjectNode> others =
                Combinators.combine(
                                types,
                                numbers,
                                numbers,
                                memoryTexts(),
                                Arbitraries.of("low", "high"))
                        .as(
                                (type, confidence, ttl, text, severity) -> {
                                    ObjectNode intent = JSON.objectNode().put("type", type);
                                    intent.set("confidence", confidence);
                                    intent.set("ttl", ttl);
                                    return intent.put("text", text)
                                            .put("justification", text)
                                            .put("severity", severity);
                                });
        return Arbitraries.oneOf(others, trustSignals());
    }

    private Arbitrary<ObjectNode> trustSignals() {
        Arbitrary<Double> deltas =
                Arbitraries.oneOf(
                        Arbitraries.doubles().between(-0.3, 0.3).ofScale(3),
                        Arbitraries.doubles().between(-5, 5).ofScale(17));
        return Combinators.combine(
                        Arbitraries.of("ann", "ben"), deltas, Arbitraries.of(true, false))
                .as(
                        (user, delta, named) -> {
                            ObjectNode signal =
                                    JSON.objectNode()
                                            .put("type", "trust_signal")
                                            .put("delta", delta);
                            return named ? signal.put("user", user) : signal;
                        });
    }

    private Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "Hi", "😀", "\u0000", "4111 1111 1111 1111", "ann@corp.io"),
                Arbitraries.strings().ofMaxLength(30).filter(text -> !Text.hasLoneSurrogate(text)));
    }

    private Arbitrary<String> memoryTexts() {
        return Arbitraries.of(
                "Ann folds to every raise",
                "ann folds to every raise always",
                "Ann",
                "",
                "Ben bluffs");
    }

    private static JsonNode reversed(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(item -> array.add(reversed(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
        Collections.reverse(fields);
        ObjectNode object = JSON.objectNode();
        fields.forEach(field -> object.set(field.getKey(), reversed(field.getValue())));
        return object;
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theCanonicalBytesAreTextOfTheVerdict(@ForAll("outputs") JsonNode output) {
        Verdict verdict = RULES.judge(output, RuleState.neutral(), AT);

        assertEquals(
                CanonicalJson.text(verdict.toJson()),
                new String(verdict.canonical(), StandardCharsets.UTF_8));
    }
}
