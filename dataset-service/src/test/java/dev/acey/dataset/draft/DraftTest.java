package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.dataset.source.Page;
import dev.acey.kit.task.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DraftTest {

    private static final List<String> TASKS = List.of("game", "moderation", "memory");
    private static final ChoiceRules RULES = new ChoiceRules(true, 0.8, 1, 10, Shares.UNDIVIDED, 0);

    @Property(tries = 100)
    void everyEntryReadIsKeptOrDroppedForOneReason(
            @ForAll("entries") List<ObjectNode> entries,
            @ForAll boolean deduplicate,
            @ForAll @IntRange(min = 1, max = 20) int most)
            throws Exception {
        List<FinishedTask> tasks = prepare(entries, 7, deduplicate, most, (task, file) -> {});

        for (FinishedTask task : tasks) {
            Dropped d = task.dropped();
            long dropped =
                    d.lowConfidence()
                            + d.rejected()
                            + d.pending()
                            + d.duplicate()
                            + d.nearDuplicate()
                            + d.empty()
                            + d.invalid()
                            + d.overLimit();
            assertEquals(task.read(), task.examples() + dropped);
            assertTrue(task.examples() <= most);
        }
        assertEquals(entries.size(), tasks.stream().mapToLong(FinishedTask::read).sum());
    }

    @Property(tries = 50)
    void theSameEntriesGiveTheSameBytesHoweverTheyAreCutIntoPages(
            @ForAll("entries") List<ObjectNode> entries,
            @ForAll @IntRange(min = 1, max = 50) int pageSize)
            throws Exception {
        List<FinishedTask> once = prepare(entries, 1, true, 1_000, (task, file) -> {});
        List<FinishedTask> again = prepare(entries, pageSize, true, 1_000, (task, file) -> {});

        for (int i = 0; i < once.size(); i++) {
            assertEquals(once.get(i).parts(), again.get(i).parts());
            assertEquals(once.get(i).facts(), again.get(i).facts());
        }
    }

    @Test
    void twoThreadsGiveTheSameBytesAsOne() throws Exception {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ObjectNode entry = Entries.good(i).put("llmPrompt", "question " + i % 90);
            entry.put("confidence", 0.5 + i % 7 / 20.0);
            entries.add(entry);
        }
        ChoiceRules rules = new ChoiceRules(true, 0.8, 1, 300, new Shares(0.7, 0.2, 0.1), 3);
        List<TaskPlan> plans = List.of(Drafts.plan("game", Format.CHAT, rules));

        List<FinishedTask> one = Drafts.prepare(plans, entries, 9, (task, directory) -> {});
        List<FinishedTask> two = prepareByTwo(plans, entries);

        assertEquals(one.get(0).parts(), two.get(0).parts());
        assertEquals(one.get(0).facts(), two.get(0).facts());
        assertEquals(3, one.get(0).parts().size());
    }

    private static List<FinishedTask> prepareByTwo(List<TaskPlan> plans, List<ObjectNode> entries)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Draft draft = Drafts.of(plans)) {
            draft.open(() -> Files.createTempDirectory("draft"));
            List<Future<Draft.Batch>> batches = new ArrayList<>();
            for (int i = 0; i < entries.size(); i += 40) {
                Page page = Drafts.page(entries.subList(i, i + 40));
                batches.add(threads.submit(() -> draft.make(page)));
            }
            for (Future<Draft.Batch> batch : batches) {
                draft.take(batch.get());
            }
            return draft.finish();
        } finally {
            threads.shutdown();
        }
    }

    @Property(tries = 50)
    void noTwoExamplesSayTheSameAndEachHasItsOrigin(@ForAll("entries") List<ObjectNode> entries)
            throws Exception {
        prepare(
                entries,
                10,
                true,
                1_000,
                (task, directory) -> {
                    List<String> lines =
                            Files.readAllLines(
                                    directory.resolve(task.plan().taskType() + "-dataset.jsonl"));
                    assertEquals(task.examples(), lines.size());
                    assertEquals(lines.size(), lines.stream().distinct().count());
                    assertEquals(
                            lines.size(),
                            Files.readAllLines(directory.resolve("sources.jsonl")).size());
                });
    }

    @Test
    void theBestOfTheSameIsKept() throws Exception {
        List<ObjectNode> entries =
                List.of(
                        Entries.good(1).put("confidence", 0.8),
                        Entries.good(2).put("llmPrompt", "question  1"),
                        Entries.good(3).put("llmPrompt", "question 1"),
                        Entries.good(4));
        ((ObjectNode) entries.get(1).get("aceyOutput")).put("speech", "answer 1 ");

        prepare(
                entries,
                2,
                true,
                10,
                (task, directory) -> {
                    if (!task.plan().taskType().equals("game")) {
                        return;
                    }
                    assertEquals(
                            List.of(
                                    entries.get(1).get("id"),
                                    entries.get(2).get("id"),
                                    entries.get(3).get("id")),
                            Files.readAllLines(directory.resolve("sources.jsonl")).stream()
                                    .map(line -> Entries.parse(line).get("logId"))
                                    .toList());
                    assertEquals(1, task.dropped().duplicate());
                });
    }

    @Test
    void whatIsOverTheLimitIsLeftOutByTheSeed() throws Exception {
        List<ObjectNode> entries = IntStream.range(0, 40).mapToObj(Entries::good).toList();

        Set<List<String>> drawn = new HashSet<>();
        for (long seed = 0; seed < 3; seed++) {
            for (int again = 0; again < 2; again++) {
                drawn.add(
                        sources(entries, new ChoiceRules(true, 0.8, 1, 5, Shares.UNDIVIDED, seed)));
            }
        }

        assertEquals(3, drawn.size());
        drawn.forEach(sources -> assertEquals(5, sources.size()));
    }

    @Test
    void ofWhatNobodyReviewedThereIsNotMoreThanTheShare() throws Exception {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ObjectNode entry = Entries.good(i);
            if (i % 4 == 0) {
                entry.putObject("review").put("reviewer", "r").put("at", "2026-01-16T00:00:00Z");
            }
            entries.add(entry);
        }
        ChoiceRules rules = new ChoiceRules(true, 0.8, 0.5, 1_000, Shares.UNDIVIDED, 0);

        FinishedTask task =
                Drafts.prepare(
                                List.of(Drafts.plan("game", Format.INSTRUCTION, rules)),
                                entries,
                                10,
                                (finished, directory) -> {})
                        .get(0);

        assertEquals(20, task.examples());
        assertEquals(20, task.dropped().overLimit());
        assertEquals(20, task.facts().at("/droppedInDetail/overLimit/unreviewed").asInt());
        assertEquals(0.5, task.facts().at("/quality/unreviewedShare").asDouble());
    }

    private static List<String> sources(List<ObjectNode> entries, ChoiceRules rules)
            throws Exception {
        List<String> sources = new ArrayList<>();
        Drafts.prepare(
                List.of(Drafts.plan("game", Format.INSTRUCTION, rules)),
                entries,
                10,
                (task, directory) ->
                        sources.addAll(Files.readAllLines(directory.resolve("sources.jsonl"))));
        return sources;
    }

    @Test
    void aClosedDraftLeavesNothing() throws Exception {
        Path workspace = Files.createTempDirectory("draft");
        Draft draft = Drafts.of(plans(RULES));
        draft.open(() -> workspace);
        draft.take(draft.make(Drafts.page(List.of(Entries.good(1)))));

        draft.close();

        assertTrue(Files.notExists(workspace));
    }

    @Test
    void aDraftClosedBeforeItIsOpenedOpensNothing() throws Exception {
        Draft draft = Drafts.of(plans(RULES));
        draft.close();

        draft.open(
                () -> {
                    throw new IllegalStateException("asked for a directory");
                });

        assertEquals(0, draft.take(draft.make(Drafts.page(List.of()))));
    }

    @Provide
    Arbitrary<List<ObjectNode>> entries() {
        Arbitrary<String> tasks = Arbitraries.of(TASKS);
        Arbitrary<String> decisions =
                Arbitraries.of("approved", "modified", "rejected", "pending", null);
        Arbitrary<Double> confidences = Arbitraries.of(null, 0.0, 0.4, 0.5, 1.0);
        Arbitrary<String> prompts = Arbitraries.of("a", "a ", "b", " ", "\ud800", "é", "e\u0301");
        Arbitrary<String> outputs =
                Arbitraries.of(
                        "{'speech': 'x'}",
                        "{'speech': 'y', 'intents': [{'type': 'shadow_ban_suggestion'}]}",
                        "{'speech': '', 'intents': [{'type': 'x', 'delta': 0.1}]}",
                        "{'speech': ''}",
                        "null");
        Arbitrary<String> environments = Arbitraries.of("live", "live", "live", "test");
        Arbitrary<Boolean> failures = Arbitraries.of(false, false, false, true);
        return Combinators.combine(
                        tasks, decisions, confidences, prompts, outputs, environments, failures)
                .as(DraftTest::entry)
                .list()
                .ofMaxSize(60)
                .map(DraftTest::numbered);
    }

    private static ObjectNode entry(
            String task,
            String decision,
            Double confidence,
            String prompt,
            String output,
            String environment,
            boolean failed) {
        ObjectNode entry =
                Entries.good(0)
                        .put("taskType", task)
                        .put("controlDecision", decision)
                        .put("confidence", confidence)
                        .put("llmPrompt", prompt);
        entry.putObject("context").put("environment", environment);
        entry.set("aceyOutput", Entries.json(output));
        if (failed) {
            entry.putObject("error").put("type", "upstream_timeout");
        }
        return entry;
    }

    private static List<ObjectNode> numbered(List<ObjectNode> entries) {
        List<ObjectNode> numbered = new ArrayList<>();
        for (ObjectNode entry : entries) {
            ObjectNode good = Entries.good(numbered.size());
            numbered.add(entry.deepCopy().setAll(good.retain("id", "timestamp")));
        }
        return numbered;
    }

    private interface Look {
        void at(FinishedTask task, Path directory) throws IOException;
    }

    private static List<FinishedTask> prepare(
            List<ObjectNode> entries, int pageSize, boolean deduplicate, long most, Look look)
            throws Exception {
        ChoiceRules rules = new ChoiceRules(deduplicate, 0.8, 1, most, Shares.UNDIVIDED, 0);
        return Drafts.prepare(plans(rules), entries, pageSize, look::at);
    }

    private static List<TaskPlan> plans(ChoiceRules rules) {
        List<Format> formats =
                List.of(Format.INSTRUCTION, Format.CLASSIFICATION, Format.STRUCTURED);
        List<TaskPlan> plans = new ArrayList<>();
        for (int i = 0; i < TASKS.size(); i++) {
            plans.add(Drafts.plan(TASKS.get(i), formats.get(i), rules));
        }
        return plans;
    }
}
