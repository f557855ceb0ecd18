package dev.acey.simulation.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ImpactCheckpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");

    @Property(tries = 50)
    void whereverARunIsCutOffItComesToTheSame(
            @ForAll @IntRange(max = 150) int calls, @ForAll @IntRange(max = 150) int cut)
            throws JsonProcessingException {
        Impact whole = new Impact();
        Impact parts = new Impact();
        for (int i = 0; i < calls; i++) {
            if (i == cut) {
                parts = JSON.treeToValue(JSON.valueToTree(parts), Impact.class);
            }
            add(whole, i);
            add(parts, i);
        }

        assertEquals(JSON.<JsonNode>valueToTree(whole), JSON.<JsonNode>valueToTree(parts));
        assertEquals(calls - calls / 3 - (calls % 3 > 0 ? 1 : 0), whole.changed);
    }

    /** Every third is recorded as the rules decide now. */
    private static void add(Impact impact, int number) {
        ObjectNode output = JSON.createObjectNode().put("speech", "hand " + number);
        output.putArray("intents");
        ObjectNode log =
                JSON.createObjectNode().put("taskType", "task-" + number % 5).put("llmPrompt", "p");
        log.set("aceyOutput", output);
        AutoRules recorded =
                new AutoRules(
                        "sha256:0",
                        number % 3 == 0 ? "approved" : "rejected",
                        "deliver",
                        JSON.createArrayNode().add(JSON.createObjectNode().put("ruleId", "old")),
                        null,
                        AT,
                        null,
                        "sha256:0",
                        true);
        LogEntry entry = LogEntryReader.read(log).stored(null, AT, "approved", recorded, null);
        impact.add(entry, RuleSet.shipped().judge(output, RuleState.neutral(), AT));
    }
}
