package dev.acey.rollout.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.RuleState;
import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The live path gives the verdicts that the rule engine is held to. */
class GoldenCasesTest {

    static List<GoldenCase> all() {
        return GoldenCases.all().stream().filter(c -> c.output().isObject()).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theVerdictOnTheRecordIsTheGoldenOne(GoldenCase golden) {
        ObjectNode output = (ObjectNode) golden.output();
        LogEntry call = call(output);
        Judgement judged =
                Judgement.of(golden.rules(), call, golden.state(), golden.at(), new UUID(1, 1));

        AutoRules kept = judged.entry().autoRules();
        String expected = CanonicalJson.sha256(golden.verdict());
        assertEquals(expected, kept.verdictHash());
        assertEquals(
                expected,
                golden.rules().judge(output, RuleState.fromJson(kept.state()), kept.at()).hash(),
                "judged again from what is on the record");
    }

    private static LogEntry call(ObjectNode output) {
        JsonNode prompt = JsonNodeFactory.instance.textNode("");
        return new LogEntry(
                null,
                "game",
                null,
                JsonNodeFactory.instance.objectNode(),
                prompt,
                null,
                output,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode(),
                null);
    }
}
