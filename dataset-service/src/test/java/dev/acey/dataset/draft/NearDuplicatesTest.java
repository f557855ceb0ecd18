package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.dataset.duplicate.Shingles;
import dev.acey.kit.task.Format;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    private static final double THRESHOLD = 0.8;
    private static final int WORDS = 60;

    @Property(tries = 20)
    void whatStaysIsUnlikeEachOtherAndWhatGoesIsLikeOneThatStays(@ForAll long seed)
            throws Exception {
        List<ObjectNode> entries = chains(new Random(seed));
        List<int[]> kept = new ArrayList<>();
        List<String> keptTexts = kept(entries);
        keptTexts.forEach(text -> kept.add(Shingles.of(text)));

        int alike = 0;
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < i; j++) {
                alike += Shingles.jaccard(kept.get(i), kept.get(j)) >= THRESHOLD ? 1 : 0;
            }
        }
        // Of the pairs at the threshold one in 200 may be missed.
        assertTrue(alike <= 1, alike + " pairs were missed");
        for (ObjectNode entry : entries) {
            int[] text = Shingles.of(text(entry));
            assertTrue(
                    keptTexts.contains(text(entry))
                            || kept.stream()
                                    .anyMatch(one -> Shingles.jaccard(one, text) >= THRESHOLD));
        }
    }

    @Test
    void theBestOfThoseThatAreAlikeStays() throws Exception {
        String text = String.join(" ", words("w"));
        List<ObjectNode> entries =
                List.of(
                        entry(0, text + " a", 0.7, false),
                        entry(1, text + " b", 0.9, false),
                        entry(2, text + " c", 0.6, true),
                        entry(3, text + " d", 0.6, true));

        assertEquals(List.of(text(entries.get(2))), kept(entries));
        assertEquals(List.of(text(entries.get(1))), kept(entries.subList(0, 2)));
        assertEquals(List.of(text(entries.get(2))), kept(entries.subList(2, 4)));
    }

    private static List<String> kept(List<ObjectNode> entries) throws Exception {
        ChoiceRules rules = new ChoiceRules(true, THRESHOLD, 1, 10_000, Shares.UNDIVIDED, 0);
        List<String> kept = new ArrayList<>();
        Drafts.prepare(
                List.of(Drafts.plan("game", Format.INSTRUCTION, rules)),
                entries,
                50,
                (task, directory) ->
                        Files.readAllLines(directory.resolve("game-dataset.jsonl")).stream()
                                .map(Entries::parse)
                                .forEach(
                                        line ->
                                                kept.add(
                                                        line.get("input").asText()
                                                                + "\n"
                                                                + line.get("output").asText())));
        return kept;
    }

    /** Texts that change word by word, so that the ends of a chain have little in common. */
    private static List<ObjectNode> chains(Random random) {
        List<ObjectNode> entries = new ArrayList<>();
        for (int chain = 0; chain < 5; chain++) {
            String[] words = words("c" + chain + "x");
            for (int i = 0; i < 12; i++) {
                int number = entries.size();
                double confidence = 0.5 + random.nextInt(5) / 10.0;
                entries.add(entry(number, String.join(" ", words), confidence, false));
                words[random.nextInt(WORDS)] = "n" + number;
            }
        }
        return entries;
    }

    private static String[] words(String start) {
        String[] words = new String[WORDS];
        Arrays.setAll(words, i -> start + i);
        return words;
    }

    private static ObjectNode entry(
            int number, String prompt, double confidence, boolean reviewed) {
        ObjectNode entry = Entries.good(number).put("llmPrompt", prompt);
        entry.put("confidence", confidence);
        ((ObjectNode) entry.get("aceyOutput")).put("speech", "Fine.");
        if (reviewed) {
            entry.putObject("review").put("reviewer", "r").put("at", "2026-01-16T00:00:00Z");
        }
        return entry;
    }

    private static String text(ObjectNode entry) {
        return entry.get("llmPrompt").asText() + "\nFine.";
    }
}
