package dev.acey.rollout.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateDeliveryTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** The letters are intents; what the rules left of them; what they said; what a person said. */
    @ParameterizedTest
    @CsvSource({
        "abc, abc, deliver,          ,               approved, '',    ",
        "abc, '',  block,            ,               approved, '',    abc",
        "abc, '',  block,            ,               modified, bx,    bx",
        "abc, abc, hold_for_review,  ,               approved, '',    abc",
        "abc, ac,  hold_for_review,  1 drop,         approved, '',    ac",
        "abc, a,   deliver_modified, 1 review 2 drop, approved, '',   b",
        "abc, a,   deliver_modified, 1 review 1 drop, approved, '',   ",
        "abc, a,   deliver_modified, 1 review 2 review, approved, '', bc",
        "abc, a,   deliver_modified, 1 review,       modified, abx,   bx",
        "aab, a,   deliver_modified, 1 review,       modified, aa,    a",
        "abc, a,   deliver_modified, 1 review,       modified, ,      ",
        "abc, a,   deliver_modified, 1 review,       rejected, '',    ",
        "abc, a,   deliver_modified, 1 review,       pending,  '',    ",
    })
    void aDecisionDeliversWhatWasHeldBackAndNoMore(
            String given,
            String left,
            String action,
            String findings,
            String decision,
            String corrected,
            String late) {
        Decided decided =
                new Decided(
                        1,
                        new UUID(1, 1),
                        decision,
                        corrected == null ? null : output(corrected),
                        Instant.EPOCH,
                        entry(given, left, action, findings));
        assertEquals(late == null ? "" : late, letters(LateDelivery.of(decided)));
    }

    private static LogEntry entry(String given, String left, String action, String findings) {
        AutoRules rules =
                new AutoRules(
                        "sha256:x",
                        "pending",
                        action,
                        findings(findings),
                        null,
                        Instant.EPOCH,
                        left.equals(given) || left.isEmpty() ? null : output(left),
                        "sha256:y",
                        true);
        ObjectNode none = JSON.createObjectNode();
        return new LogEntry(
                new UUID(1, 1),
                "game",
                Instant.EPOCH,
                none,
                none,
                null,
                output(given),
                "pending",
                null,
                null,
                null,
                null,
                null,
                rules,
                null,
                null,
                none,
                null);
    }

    private static JsonNode findings(String text) {
        var findings = JSON.createArrayNode();
        String[] words = text == null ? new String[0] : text.split(" ");
        for (int i = 0; i + 1 < words.length; i += 2) {
            findings.addObject()
                    .put("intentIndex", Integer.parseInt(words[i]))
                    .put("effect", words[i + 1]);
        }
        return findings;
    }

    private static ObjectNode output(String letters) {
        ObjectNode output = JSON.createObjectNode();
        var intents = output.putArray("intents");
        letters.chars().forEach(c -> intents.addObject().put("type", "" + (char) c));
        return output;
    }

    private static String letters(List<JsonNode> intents) {
        StringBuilder letters = new StringBuilder();
        intents.forEach(i -> letters.append(i.get("type").asText()));
        return letters.toString();
    }
}
