package dev.acey.log.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.RuleState;
import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All golden cases, with their own rules and states, judged as what arrives is. */
class JudgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<GoldenCase> all() {
        return GoldenCases.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsKeptIsTheGoldenVerdict(GoldenCase golden) throws IOException {
        AutoRules kept = Judge.judge(golden.rules(), golden.output(), golden.state(), golden.at());
        ObjectNode expected = (ObjectNode) JSON.readTree(golden.verdict());

        assertEquals(CanonicalJson.sha256(golden.verdict()), kept.verdictHash());
        assertEquals(expected.get("ruleSet").textValue(), kept.ruleSet());
        assertEquals(expected.get("decision").textValue(), kept.decision());
        assertEquals(expected.get("action").textValue(), kept.action());
        assertEquals(text(expected.get("findings")), text(kept.findings()));
        assertEquals(text(expected.get("output")), text(delivered(golden, kept)));
        assertTrue(kept.replayable());
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsKeptOfTheStateGivesTheSameVerdict(GoldenCase golden) {
        AutoRules kept = Judge.judge(golden.rules(), golden.output(), golden.state(), golden.at());
        RuleState read = RuleState.fromJson(kept.state());

        assertEquals(
                kept.verdictHash(),
                Judge.judge(golden.rules(), golden.output(), read, kept.at()).verdictHash());
    }

    /** Left out where it is what the model gave, or nothing. */
    private static JsonNode delivered(GoldenCase golden, AutoRules kept) {
        JsonNode unchanged =
                kept.action().equals("block")
                        ? JsonNodeFactory.instance.nullNode()
                        : golden.output();
        return Optional.ofNullable(kept.output()).orElse(unchanged);
    }

    private static String text(JsonNode node) {
        return CanonicalJson.text(node);
    }
}
