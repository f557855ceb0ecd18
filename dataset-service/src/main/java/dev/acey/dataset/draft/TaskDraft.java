package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Fate;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.choose.Choice;
import dev.acey.dataset.duplicate.NearDuplicates;
import dev.acey.dataset.example.DropReason;
import dev.acey.dataset.lineage.Origins;
import dev.acey.dataset.report.Quality;
import dev.acey.dataset.version.DatasetPart;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.kit.task.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One task's dataset in the making: candidates are collected, then the best are chosen, then those
 * are written. Blocks; for one thread at a time.
 */
final class TaskDraft implements AutoCloseable {

    private final TaskPlan plan;
    private final Maker maker;
    private final Path directory;
    private final Path scratch;
    private final Candidates candidates;
    private final Pairs pairs;
    private final Tally tally = new Tally();

    TaskDraft(TaskPlan plan, Maker maker, Path workspace) throws IOException {
        this.plan = plan;
        this.maker = maker;
        directory = Files.createDirectory(workspace.resolve(plan.taskType()));
        scratch = workspace.resolve(plan.taskType() + ".scratch");
        candidates = new Candidates(scratch);
        boolean paired = plan.converter().format() == Format.PREFERENCE;
        pairs = paired ? new Pairs(scratch.resolve("sides")) : null;
    }

    void take(Made made) throws IOException {
        tally.read(made);
        if (made.content() instanceof Made.Some some) {
            pairs.add(some).ifPresent(tally::drop);
        } else {
            add(made.content());
        }
    }

    long read() {
        return tally.read();
    }

    FinishedTask finish() throws IOException {
        if (pairs != null) {
            pairs.each(maker, this::add);
        }
        Ledger ledger = candidates.ledger();
        Choice choice = new Choice(candidates, ledger, plan.rules());
        choice.make();
        Quality quality = new Quality(ledger.countChosen(i -> true));
        List<DatasetPart> parts = write(ledger, quality);
        close();
        VersionFiles.delete(scratch);
        return new FinishedTask(
                plan,
                directory,
                tally.read(),
                parts,
                tally.dropped(),
                facts(ledger.count(), choice.near(), quality));
    }

    @Override
    public void close() throws IOException {
        try (candidates) {
            if (pairs != null) {
                pairs.close();
            }
        }
    }

    private void add(Made.Content content) throws IOException {
        if (content instanceof Made.One one) {
            candidates.add(one.candidate(), one.facts(), one.shingles(), one.buckets());
        } else if (content instanceof Made.None none) {
            tally.drop(none.reason());
        }
    }

    private List<DatasetPart> write(Ledger ledger, Quality quality) throws IOException {
        List<PartWriter> writers = new ArrayList<>();
        try (Origins origins = new Origins(directory)) {
            for (String part : plan.rules().shares().parts()) {
                writers.add(new PartWriter(directory, plan.taskType(), part));
            }
            for (int i = 0; i < ledger.count(); i++) {
                if (ledger.isChosen(i)) {
                    Candidate chosen = candidates.at(ledger, i);
                    writers.get(ledger.part(i)).write(chosen);
                    quality.add(chosen, ledger.reviewed(i));
                    origins.add(chosen.origins());
                } else {
                    tally.drop(reason(ledger.fate(i)));
                }
            }
            origins.finish();
            List<DatasetPart> parts = new ArrayList<>();
            for (PartWriter writer : writers) {
                parts.add(writer.finish());
            }
            return parts;
        } finally {
            for (PartWriter writer : writers) {
                writer.close();
            }
        }
    }

    private ObjectNode facts(long compared, NearDuplicates near, Quality quality) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.set("source", tally.source());
        facts.set("droppedInDetail", tally.details());
        ObjectNode report = quality.report();
        report.put("duplicateRate", rate(DropReason.DUPLICATE, compared))
                .put("nearDuplicateRate", rate(DropReason.NEAR_DUPLICATE, compared));
        report.set("personalDataTakenOut", tally.personalData());
        facts.set("quality", report);
        if (near != null) {
            facts.putObject("nearDuplicates")
                    .put("pairsCompared", near.compared())
                    .put("pairsJoined", near.joined())
                    .put("notCompared", near.beyondWindow());
        }
        return facts;
    }

    private double rate(DropReason reason, long of) {
        return of == 0 ? 0 : Math.round(10_000.0 * tally.dropped(reason) / of) / 10_000.0;
    }

    private static DropReason reason(Fate fate) {
        return switch (fate) {
            case DUPLICATE -> DropReason.DUPLICATE;
            case NEAR_DUPLICATE -> DropReason.NEAR_DUPLICATE;
            case UNREVIEWED -> DropReason.UNREVIEWED;
            case OVER_LIMIT -> DropReason.OVER_LIMIT;
            case CHOSEN -> throw new IllegalArgumentException("a chosen one is not dropped");
        };
    }
}
