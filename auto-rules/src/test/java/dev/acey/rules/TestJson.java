package dev.acey.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** JSON for tests, from text with single quotes. */
final class TestJson {
    static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TestJson() {}

    static JsonNode json(String text) {
        return parse(text.replace('\'', '"'));
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A rule set of one rule on the intent type {@code a} that flags where the condition holds. */
    static RuleSet flagging(String when) {
        return ruleSet("a", when, "flag");
    }

    static RuleSet ruleSet(String on, String when, String effect) {
        var document = new ObjectMapper().createObjectNode();
        document.putArray("rules")
                .addObject()
                .put("id", "own.rule")
                .put("on", on)
                .put("when", when)
                .put("effect", effect)
                .put("reason", "because");
        return RuleSet.parse(document.toString());
    }

    static Verdict judge(RuleSet rules, String output) {
        return rules.judge(json(output), RuleState.neutral(), AT);
    }

    static String engineFinding(Verdict verdict) {
        return verdict.findings().get(verdict.findings().size() - 1).ruleId();
    }
}
