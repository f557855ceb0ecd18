package dev.acey.log.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.People;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpClosedException;
import io.vertx.mutiny.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Streams a bulk body into the store, read no faster than it is committed. Lines are read and
 * judged on worker threads, in order; while one batch is committed the next is made.
 */
@Singleton
class BulkIntake {

    static final String NDJSON = "application/x-ndjson";

    /** Pieces of a body that are read from the connection before they are looked at. */
    private static final int PIECES_AHEAD = 8;

    /** Batches that wait for their commit. */
    private static final int BATCHES_AHEAD = 1;

    private final EntryWriter writer;
    private final EntryJson entryJson;
    private final People people;
    private final ObjectMapper json;

    BulkIntake(EntryWriter writer, EntryJson entryJson, People people, ObjectMapper json) {
        this.writer = writer;
        this.entryJson = entryJson;
        this.people = people;
        this.json = json;
    }

    /**
     * Takes the whole body.
     *
     * @param door makes an entry of each line, or refuses it
     */
    Uni<BulkAnswer> load(
            io.vertx.core.http.HttpServerRequest request, Function<JsonNode, LogEntry> door) {
        BulkLoad load = new BulkLoad(json, entryJson, people, door);
        return HttpServerRequest.newInstance(request)
                .toMulti()
                .emitOn(Infrastructure.getDefaultWorkerPool(), PIECES_AHEAD)
                .onItem()
                .transformToMultiAndConcatenate(
                        piece -> Multi.createFrom().iterable(load.add(piece.getDelegate())))
                .onCompletion()
                .continueWith(load::end)
                .emitOn(Infrastructure.getDefaultWorkerPool(), BATCHES_AHEAD)
                .onItem()
                .transformToUniAndConcatenate(
                        batch -> writer.store(batch.entries()).invoke(batch::stored))
                .collect()
                .last()
                .map(last -> load.answer())
                .invoke(answer -> writer.countRejected(answer.rejected()))
                .onFailure(HttpClosedException.class)
                .transform(e -> new ProblemException(Problem.of(400, "The body did not end.")));
    }
}
