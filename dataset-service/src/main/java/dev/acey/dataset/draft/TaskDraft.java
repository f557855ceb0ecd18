package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.duplicate.ExactDuplicates;
import dev.acey.dataset.duplicate.ExampleKey;
import dev.acey.dataset.example.DropReason;
import dev.acey.dataset.example.Example;
import dev.acey.dataset.example.JsonLine;
import dev.acey.dataset.example.Outcome;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.json.JsonConventions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One task's dataset in the making: filter, convert, drop duplicates, limit, write. Blocks. */
final class TaskDraft implements AutoCloseable {

    private final TaskPlan plan;
    private final ExactDuplicates duplicates;
    private final Path directory;
    private final DigestedFile examples;
    private final DigestedFile sources;
    private final Tally tally = new Tally();

    TaskDraft(TaskPlan plan, ExactDuplicates duplicates, Path workspace) throws IOException {
        this.plan = plan;
        this.duplicates = duplicates;
        directory = Files.createDirectory(workspace.resolve(plan.taskType()));
        examples = new DigestedFile(directory.resolve(DatasetName.of(plan.taskType())));
        sources = new DigestedFile(directory.resolve(VersionFiles.SOURCES));
    }

    void take(LogEntry entry) throws IOException {
        tally.read(entry);
        Optional<DropReason> refusal = plan.filter().refusal(entry, plan.converter().format());
        Outcome outcome =
                refusal.isPresent()
                        ? new Outcome.Dropped(refusal.get())
                        : plan.converter().convert(entry);
        if (outcome instanceof Example example) {
            outcome = write(entry, example);
        }
        if (outcome instanceof Example example) {
            tally.keep(entry.review() != null, example.leavesOutIntents());
        } else if (outcome instanceof Outcome.Dropped dropped) {
            tally.drop(dropped.reason());
        }
    }

    long read() {
        return tally.read();
    }

    FinishedTask finish() throws IOException {
        String examplesHash = examples.finish();
        String sourcesHash = sources.finish();
        return new FinishedTask(
                plan,
                directory,
                tally.read(),
                tally.kept(),
                examples.bytes(),
                examplesHash,
                tally.dropped(),
                facts(sourcesHash));
    }

    @Override
    public void close() throws IOException {
        try (examples) {
            sources.close();
        }
    }

    private Outcome write(LogEntry entry, Example example) throws IOException {
        byte[] key = plan.deduplicate() ? ExampleKey.of(example.fields()) : null;
        if (key != null && duplicates.has(plan.taskType(), key)) {
            return new Outcome.Dropped(DropReason.DUPLICATE);
        }
        if (tally.kept() >= plan.maxExamples()) {
            return new Outcome.Dropped(DropReason.OVER_LIMIT);
        }
        Optional<byte[]> line = JsonLine.of(example.fields());
        Optional<byte[]> origin = JsonLine.of(origin(entry));
        if (line.isEmpty() || origin.isEmpty()) {
            return new Outcome.Dropped(DropReason.NOT_CONVERTIBLE);
        }
        examples.write(line.get());
        sources.write(origin.get());
        if (key != null) {
            duplicates.add(plan.taskType(), key);
        }
        return example;
    }

    /** Where an example comes from, in the same line of another file. */
    private static ObjectNode origin(LogEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("logId", entry.id().toString())
                .put("timestamp", JsonConventions.format(entry.timestamp()))
                .put("confidence", entry.confidence())
                .put("decision", entry.controlDecision())
                .put("reviewed", entry.review() != null)
                .put("model", entry.model());
    }

    private ObjectNode facts(String sourcesHash) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.set("source", tally.source());
        facts.set("invalid", tally.invalid());
        facts.set("examples", tally.examples());
        facts.putObject("sources").put("bytes", sources.bytes()).put("sha256", sourcesHash);
        return facts;
    }
}
