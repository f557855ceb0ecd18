package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.kit.task.Format;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

    private static final ChoiceRules ALL = new ChoiceRules(true, 0.8, 1, 100, Shares.UNDIVIDED, 0);

    @Test
    void eachRejectedAnswerStandsAgainstTheBestToTheSamePrompt() throws Exception {
        List<ObjectNode> entries =
                List.of(
                        answer(0, "p", "rejected", 0.9, "bad"),
                        answer(1, "p", "approved", 0.8, "good"),
                        answer(2, "p", "approved", 0.9, "better"),
                        reviewed(answer(3, "p", "approved", 0.6, "best")),
                        answer(4, "p", "rejected", 0.9, "worse"),
                        answer(5, "q", "rejected", 0.9, "alone"),
                        answer(6, "r", "approved", 0.9, "nothing against it"));

        FinishedTask task = prepare(entries, List.of("best > bad", "best > worse"));

        assertEquals(5, task.dropped().invalid());
        assertEquals(5, task.facts().at("/droppedInDetail/invalid/unpaired").asInt());
    }

    @Test
    void anAnswerIsNeverPreferredToItself() throws Exception {
        List<ObjectNode> entries =
                List.of(
                        answer(0, "p", "rejected", 0.9, "the same"),
                        answer(1, "p", "approved", 0.9, "the same"));

        prepare(entries, List.of());
    }

    @Test
    void whatAPersonCorrectedStandsAgainstWhatTheModelGave() throws Exception {
        ObjectNode corrected = reviewed(answer(0, "p", "modified", 0.9, "wrong"));
        corrected.putObject("finalAction").put("speech", "right");

        prepare(List.of(corrected), List.of("right > wrong"));
    }

    @Test
    void bothEntriesAreItsOrigin() throws Exception {
        List<ObjectNode> entries =
                List.of(
                        answer(0, "p", "approved", 0.9, "good"),
                        answer(1, "p", "rejected", 0.9, "bad"));
        Drafts.prepare(
                List.of(Drafts.plan("game", Format.PREFERENCE, ALL)),
                entries,
                1,
                (task, directory) -> {
                    JsonNode source =
                            Entries.parse(Files.readString(directory.resolve("sources.jsonl")));
                    assertEquals(entries.get(1).get("id"), source.get("logId"));
                    assertEquals(entries.get(0).get("id"), source.get("preferredLogId"));
                });
    }

    private static FinishedTask prepare(List<ObjectNode> entries, List<String> expected)
            throws Exception {
        List<String> pairs = new ArrayList<>();
        List<FinishedTask> tasks =
                Drafts.prepare(
                        List.of(Drafts.plan("game", Format.PREFERENCE, ALL)),
                        entries,
                        2,
                        (task, directory) ->
                                Files.readAllLines(directory.resolve("game-dataset.jsonl"))
                                        .forEach(line -> pairs.add(pair(line))));
        assertEquals(expected, pairs);
        assertEquals(entries.size(), tasks.get(0).examples() + tasks.get(0).dropped().invalid());
        return tasks.get(0);
    }

    private static String pair(String line) {
        JsonNode json = Entries.parse(line);
        return json.at("/preferred_output/0/content").asText()
                + " > "
                + json.at("/non_preferred_output/0/content").asText();
    }

    private static ObjectNode answer(
            int number, String prompt, String decision, double confidence, String speech) {
        ObjectNode entry = Entries.good(number);
        entry.put("llmPrompt", prompt)
                .put("controlDecision", decision)
                .put("confidence", confidence);
        ((ObjectNode) entry.get("aceyOutput")).put("speech", speech);
        return entry;
    }

    private static ObjectNode reviewed(ObjectNode entry) {
        entry.putObject("review").put("reviewer", "r").put("at", "2026-01-16T00:00:00Z");
        return entry;
    }
}
