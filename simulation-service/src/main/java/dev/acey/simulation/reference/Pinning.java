package dev.acey.simulation.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.NewCase;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.drift.StyleReference;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.sample.LogSamples;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a reference of logged outputs and pins it. */
@Singleton
class Pinning {

    private static final String ANONYMOUS = "anonymous";
    private static final int CASES_AT_ONCE = 200;

    private final References references;
    private final LogSamples samples;
    private final CaseStore cases;
    private final ObjectMapper json;
    private final Vertx vertx;

    Pinning(
            References references,
            LogSamples samples,
            CaseStore cases,
            ObjectMapper json,
            Vertx vertx) {
        this.references = references;
        this.samples = samples;
        this.cases = cases;
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * Completes once the reference is stored and on the audit trail.
     *
     * @return fails with 422 where there are too few outputs, 503 while log-service is away
     */
    Uni<PinnedReference> pin(String taskType, PinCommand command, Instant now) {
        var collector = new StyleReference.Collector(command.seed() == null ? 0 : command.seed());
        Uni<Void> collected =
                command.simulationId() == null
                        ? collectLive(taskType, command, collector)
                        : collectCases(
                                taskType, UUID.fromString(command.simulationId()), collector);
        return collected
                .map(done -> collector.reference())
                .invoke(Pinning::requireEnough)
                .chain(
                        reference ->
                                references.pin(
                                        new PinnedReference(
                                                taskType,
                                                source(taskType, command),
                                                reference.outputs().size(),
                                                command.actor() == null
                                                        ? ANONYMOUS
                                                        : command.actor(),
                                                now),
                                        bytes(reference)));
    }

    /** Whether there was one to unpin. */
    Uni<Boolean> unpin(String taskType, Instant now) {
        return references.unpin(taskType, ANONYMOUS, now);
    }

    private Uni<Void> collectLive(
            String taskType, PinCommand command, StyleReference.Collector collector) {
        return samples.draw(command.selection(taskType), null)
                .onItem()
                .transformToUniAndConcatenate(
                        drawn -> collect(drawn.stream().map(NewCase::entry).toList(), collector))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> collectCases(
            String taskType, UUID simulation, StyleReference.Collector collector) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicInteger(),
                        next ->
                                cases.page(simulation, next.get(), CASES_AT_ONCE)
                                        .invoke(page -> next.set(StoredCase.after(page))))
                .whilst(page -> page.size() == CASES_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(
                        page ->
                                collect(
                                        page.stream()
                                                .filter(one -> one.taskType().equals(taskType))
                                                .map(one -> one.entry())
                                                .toList(),
                                        collector))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Not on an event loop: a thousand long outputs take a second. */
    private Uni<Void> collect(List<Buffer> entries, StyleReference.Collector collector) {
        return vertx.executeBlocking(
                () -> {
                    for (Buffer bytes : entries) {
                        LogEntry entry = entry(bytes);
                        new Case(0, entry, null)
                                .baseline()
                                .ifPresent(output -> collector.add(entry.id(), output.speech()));
                    }
                    return null;
                },
                false);
    }

    private LogEntry entry(Buffer bytes) {
        try {
            return json.readValue(bytes.getBytes(), LogEntry.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a logged call is unreadable JSON", e);
        }
    }

    private static void requireEnough(StyleReference reference) {
        int outputs = reference.outputs().size();
        if (outputs < Drift.ENOUGH) {
            throw ProblemException.refused(
                    "",
                    "There are "
                            + outputs
                            + " such outputs that say something; a reference needs "
                            + Drift.ENOUGH
                            + ".");
        }
    }

    private JsonNode source(String taskType, PinCommand command) {
        return command.simulationId() == null
                ? json.valueToTree(command.selection(taskType))
                : json.createObjectNode().put("simulationId", command.simulationId());
    }

    private Buffer bytes(StyleReference reference) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(reference));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reference must be writable as JSON", e);
        }
    }
}
