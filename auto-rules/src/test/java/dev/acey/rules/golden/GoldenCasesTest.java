package dev.acey.rules.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.Finding;
import dev.acey.rules.Rule;
import dev.acey.rules.RuleSet;
import dev.acey.rules.TracedVerdict;
import dev.acey.rules.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenCasesTest {
    private static final List<GoldenCase> CASES = GoldenCases.all();

    static List<GoldenCase> cases() {
        return CASES;
    }

    static Stream<Rule> shippedRules() {
        return RuleSet.shipped().rules().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVerdictIsTheExpectedOneByteForByte(GoldenCase golden) {
        Verdict verdict = golden.rules().judge(golden.output(), golden.state(), golden.at());

        assertEquals(text(golden.verdict()), text(verdict.canonical()));
        assertTrue(golden.name().endsWith("-" + verdict.decision().json()), "the name says so too");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePartsOfTheStateThatWereReadGiveTheSameVerdict(GoldenCase golden) {
        TracedVerdict traced =
                golden.rules().judgeTraced(golden.output(), golden.state(), golden.at());
        Verdict again = golden.rules().judge(golden.output(), traced.read(), golden.at());

        assertEquals(text(golden.verdict()), text(again.canonical()));
    }

    @ParameterizedTest
    @MethodSource("shippedRules")
    void aRuleSwitchedOffChangesExactlyItsCases(Rule rule) {
        RuleSet without = RuleSet.shipped().with(rule.id(), false);
        Set<String> its = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        for (GoldenCase golden : CASES) {
            if (golden.isShipped()) {
                Verdict before = golden.rules().judge(golden.output(), golden.state(), golden.at());
                Verdict after = without.judge(golden.output(), golden.state(), golden.at());
                if (before.findings().stream().map(Finding::ruleId).anyMatch(rule.id()::equals)) {
                    its.add(golden.name());
                }
                if (!withoutRuleSet(before).equals(withoutRuleSet(after))) {
                    changed.add(golden.name());
                }
            }
        }

        assertEquals(its, changed);
        assertTrue(!its.isEmpty(), "there is a case of every shipped rule");
    }

    @Test
    void thereAreAtLeastEightyCasesOfDifferentNames() {
        assertTrue(CASES.size() >= 80);
        assertEquals(
                CASES.size(), new HashSet<>(CASES.stream().map(GoldenCase::name).toList()).size());
    }

    private static String withoutRuleSet(Verdict verdict) {
        JsonNode json = verdict.toJson();
        ((ObjectNode) json).remove("ruleSet");
        return text(CanonicalJson.encode(json));
    }

    private static String text(byte[] canonical) {
        return new String(canonical, UTF_8);
    }
}
