package dev.acey.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a rule set is said with line, rule and name. */
class RuleSetErrorsTest {
    private static final String GOOD =
            """
            rules:
              - id: own.one
                on: a
                params: {min: 1}
                when: intent.x < params.min
                effect: set
                set: {x: params.min}
                reason: because {min}
            """;

    static Stream<Arguments> badSets() {
        return Stream.of(
                bad("own.one", "own", 2, "own", "'id' must be family.name"),
                bad("own.one", "engine.one", 2, "engine.one", "the engine's own"),
                bad("- id: own.one", "- name: own.one", 2, null, "a rule needs an id"),
                bad("on: a", "onn: a", 3, "own.one", "'onn' is not known here"),
                bad("    on: a\n", "", 2, "own.one", "'on' is missing"),
                bad("on: a", "on: memoryProposal", 3, "own.one", "memory_proposal"),
                bad("on: a", "on: [a, speech]", 3, "own.one", "'speech' must stand alone"),
                bad("on: a", "on: [a, a]", 3, "own.one", "different texts"),
                bad("on: a", "on: []", 3, "own.one", "different texts"),
                bad("on: a", "on: {a: b}", 3, "own.one", "'on' must be a text, not a mapping"),
                bad("min: 1", "min: high", 4, "own.one", "'min' must be a number, not a text"),
                bad("min: 1", "min: 1e13", 4, "own.one", "must lie between -1000000000000 and"),
                bad("min: 1", "min: .inf", 4, "own.one", "'min' must be a number"),
                bad("min: 1", "Min: 1", 4, "own.one", "not a name that can stand in 'params'"),
                bad("params.min\n", "parms.min\n", 5, "own.one", "undeclared reference to 'parms'"),
                bad("params.min\n", "params.max\n", 5, "own.one", "undefined field 'max'"),
                bad(
                        "intent.x < ",
                        "state.persona.lokced && 1 < ",
                        5,
                        "own.one",
                        "undefined field 'lokced'"),
                bad(
                        "intent.x < ",
                        "state.memories.exists(m, m.txt == '') && 1 < ",
                        5,
                        "own.one",
                        "undefined field 'txt'"),
                bad("intent.x < params.min", "state == state", 5, "own.one", "name what of state"),
                bad("intent.x < params.min", "intent.x <", 5, "own.one", "when: "),
                bad("intent.x < params.min", "params.min", 5, "own.one", "expected type 'bool'"),
                bad(
                        "intent.x < params.min",
                        "speech.matches(intent.x)",
                        5,
                        "own.one",
                        "must be a literal text"),
                bad(
                        "intent.x < params.min",
                        "speech.matches('(')",
                        5,
                        "own.one",
                        "not a regular expression"),
                bad(
                        "intent.x < params.min",
                        "speech.matches('((a{99}){99}){99}')",
                        5,
                        "own.one",
                        "repeats too much"),
                bad(
                        "intent.x < params.min",
                        "timestamp(0) < timestamp(1)",
                        5,
                        "own.one",
                        "undeclared reference to 'timestamp'"),
                bad("intent.x < params.min", "!intent.x", 5, null, "must be quoted"),
                bad("x: params.min", "x: params.mni", 7, "own.one", "set.x: undefined field 'mni'"),
                bad("x: params.min", "type: \"'b'\"", 7, "own.one", "'type' cannot be set"),
                bad(
                        "effect: set",
                        "effect: sett",
                        6,
                        "own.one",
                        "reject, hold, drop, review, set or flag"),
                bad("effect: set", "effect: drop", 7, "own.one", "'set' is for the effect set"),
                bad("    set: {x: params.min}\n", "", 2, "own.one", "'set' is for the effect set"),
                bad("because {min}", "because {max}", 8, "own.one", "no parameter is named 'max'"),
                bad("because {min}", "''", 8, "own.one", "'reason' must not be blank"),
                bad("because {min}", "null", 8, "own.one", "'reason' must be a text, not nothing"),
                bad(
                        "effect: set",
                        "enabled: yes\n    effect: set",
                        6,
                        "own.one",
                        "'enabled' must be true or false"),
                bad("on: a", "on: a\n    on: b", 4, null, "field 'on' stands there twice"),
                bad(
                        "rules:",
                        "rulez:",
                        1,
                        null,
                        "'rulez' is not known here; there are description, rules"),
                bad("rules:", "more: 1\nrules:", 1, null, "'more' is not known here"),
                bad("on: a", "on: &x a", 3, null, "anchors and aliases are not allowed"),
                bad("on: a", "on: *x", 3, null, "anchors and aliases are not allowed"),
                bad("on: a", "on: !!str a", 3, null, "YAML tags are not allowed"),
                bad("on: a", "on: a\n   x: [", 4, null, "not YAML"));
    }

    @ParameterizedTest
    @MethodSource("badSets")
    void theErrorNamesLineRuleAndWhatIsWrong(String source, int line, String ruleId, String words) {
        RuleSetException error = assertThrows(RuleSetException.class, () -> RuleSet.parse(source));

        assertTrue(error.getMessage().contains(words), error.getMessage());
        assertEquals(line, error.line(), error.getMessage());
        assertEquals(ruleId, error.ruleId(), error.getMessage());
        assertTrue(error.getMessage().startsWith("line " + line + ": "), error.getMessage());
        assertTrue(!error.getMessage().contains("\n"), error.getMessage());
    }

    @Test
    void theSetThatIsMadeBadAboveIsGood() {
        assertEquals(1, RuleSet.parse(GOOD).rules().size());
    }

    @Test
    void aBlockKeepsTheLineOfTheError() {
        String source =
                """
                rules:
                  - id: own.one
                    on: a
                    when: |
                      intent.x < 1.0
                      && intent.y < parms.y
                    effect: drop
                    reason: because
                """;

        assertEquals(6, assertThrows(RuleSetException.class, () -> RuleSet.parse(source)).line());
    }

    @Test
    void jsonErrorsHaveLinesToo() {
        assertLine(2, "{\n  \"rules\": 7}");
        assertLine(2, "{\"rules\": [],\n \"rules\": []}");
        assertLine(3, "{\"rules\": [\n{\"id\": \"own.one\",\n \"on\": 7, \"effect\": \"drop\"}]}");
        assertLine(2, "{\"rules\":\n [}");
        assertLine(1, "{\"rules\": []} more");
    }

    @Test
    void twoRulesOfOneIdAreRefused() {
        RuleSetException error =
                assertThrows(
                        RuleSetException.class,
                        () -> RuleSet.parse(GOOD + GOOD.replace("rules:\n", "")));

        assertEquals(
                "line 9: rule own.one: the rule at line 2 has the same id", error.getMessage());
    }

    @Test
    void whatIsTooLargeIsRefused() {
        String rule = GOOD.replace("rules:\n", "");
        StringBuilder many = new StringBuilder("rules:\n");
        for (int i = 0; i <= Limits.MAX_RULES; i++) {
            many.append(rule.replace("own.one", "own.r" + i));
        }
        assertRefused("must not hold more than 200 items", many.toString());
        assertRefused("must not be longer than 131072 characters", " ".repeat(131_073));
        assertRefused(
                "'when' must not be longer than 4000 characters",
                GOOD.replace("intent.x", "1.0" + " + 1.0".repeat(700)));
        assertRefused(
                "recursion limit",
                GOOD.replace("intent.x", "(".repeat(60) + "1.0" + ")".repeat(60)));
        assertRefused("Nesting Depth exceeded", "a: " + "[".repeat(40) + "]".repeat(40));
        assertRefused(
                "must not be longer than 500 characters", GOOD.replace("because", "x".repeat(500)));
        assertRefused(
                "a regular expression must not be longer than 1000 characters",
                GOOD.replace(
                        "intent.x < params.min", "speech.matches('" + "a".repeat(1_001) + "')"));
    }

    @Test
    void anAliasBombIsRefusedAtOnce() {
        assertRefused(
                "anchors and aliases are not allowed",
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\nrules: [*d,*d]\n");
    }

    @Test
    void nothingThatIsNotARuleSetGetsThrough() {
        for (String source :
                new String[] {
                    "", "# nothing", "7", "rules", "[]", "{}", "--- a\n--- b", "\u0000", "\ud800"
                }) {
            assertThrows(RuleSetException.class, () -> RuleSet.parse(source), source);
        }
    }

    private static Arguments bad(String good, String bad, int line, String ruleId, String words) {
        assertTrue(GOOD.contains(good), good);
        return Arguments.of(GOOD.replace(good, bad), line, ruleId, words);
    }

    private static void assertLine(int line, String source) {
        RuleSetException error = assertThrows(RuleSetException.class, () -> RuleSet.parse(source));
        assertEquals(line, error.line(), error.getMessage());
    }

    private static void assertRefused(String words, String source) {
        RuleSetException error = assertThrows(RuleSetException.class, () -> RuleSet.parse(source));
        assertTrue(error.getMessage().contains(words), error.getMessage());
    }
}
