package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.dataset.version.DatasetName;
import dev.acey.kit.task.Format;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final Shares SHARES = new Shares(0.6, 0.2, 0.2);

    /** With another word behind them, 36 of 40 runs of five are common. */
    private static final int WORDS = 40;

    @Property(tries = 40)
    void neitherTwinsNorConversationsStraddleTheParts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count, @ForAll boolean drop)
            throws Exception {
        List<ObjectNode> entries = planted(new Random(seed), count);
        Map<String, String> partOf = split(entries, drop, seed);

        for (ObjectNode one : entries) {
            for (ObjectNode other : entries) {
                String first = partOf.get(one.get("id").asText());
                String second = partOf.get(other.get("id").asText());
                boolean together = sameTwin(one, other) || sameConversation(one, other);
                if (first != null && second != null && together) {
                    assertEquals(first, second);
                }
            }
        }
    }

    @Test
    void everyExampleIsInOnePartAndThePartsAreAboutAsLargeAsAskedFor() throws Exception {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(Entries.good(i));
        }

        Map<String, Long> sizes =
                split(entries, true, 7).values().stream()
                        .collect(Collectors.groupingBy(p -> p, Collectors.counting()));

        assertEquals(Map.of("train", 600L, "validation", 200L, "test", 200L), sizes);
    }

    @Test
    void anExampleStaysInItsPartWhenOthersCome() throws Exception {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(Entries.good(i));
        }
        Map<String, String> before = split(entries.subList(0, 900), true, 7);
        Map<String, String> after = split(entries, true, 7);

        long moved =
                before.keySet().stream()
                        .filter(id -> !before.get(id).equals(after.get(id)))
                        .count();

        assertTrue(moved < 60, moved + " of 900 moved");
    }

    private static Map<String, String> split(List<ObjectNode> entries, boolean drop, long seed)
            throws Exception {
        ChoiceRules rules = new ChoiceRules(drop, 0.8, 1, 10_000, SHARES, seed);
        Map<String, String> partOf = new HashMap<>();
        Drafts.prepare(
                List.of(Drafts.plan("game", Format.INSTRUCTION, rules)),
                entries,
                13,
                (task, directory) -> {
                    for (String part : SHARES.parts()) {
                        for (String line :
                                Files.readAllLines(directory.resolve(DatasetName.sources(part)))) {
                            JsonNode source = Entries.parse(line);
                            assertEquals(null, partOf.put(source.get("logId").asText(), part));
                        }
                    }
                    assertEquals(task.examples(), partOf.size());
                });
        return partOf;
    }

    /** Some entries of a few texts, each as it is or with another end, in a few conversations. */
    private static List<ObjectNode> planted(Random random, int count) {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int twin = random.nextInt(8);
            int conversation = random.nextInt(12);
            ObjectNode entry = Entries.good(i).put("llmPrompt", text(twin, random.nextInt(3)));
            ObjectNode context = (ObjectNode) entry.get("context");
            context.put("channel", "c" + conversation % 3);
            context.putArray("previousMessages").add("opening " + conversation);
            ((ObjectNode) entry.get("aceyOutput")).put("speech", "Fine.");
            entries.add(entry);
        }
        return entries;
    }

    private static String text(int twin, int end) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add("w" + twin + "x" + i);
        }
        words.add("end" + end);
        return String.join(" ", words);
    }

    private static boolean sameTwin(ObjectNode one, ObjectNode other) {
        return start(one).equals(start(other));
    }

    private static String start(ObjectNode entry) {
        return entry.get("llmPrompt").asText().split(" ", 2)[0];
    }

    private static boolean sameConversation(ObjectNode one, ObjectNode other) {
        return one.at("/context/channel").equals(other.at("/context/channel"))
                && one.at("/context/previousMessages")
                        .equals(other.at("/context/previousMessages"));
    }
}
