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
import io.vertx.core.http.HttpClosedException;
import io.vertx.mutiny.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Streams a bulk body into the store, read no faster than it is committed. */
@Singleton
class BulkIntake {

    static final String NDJSON = "application/x-ndjson";

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
                .onItem()
                .transformToMultiAndConcatenate(
                        piece -> Multi.createFrom().iterable(load.add(piece.getDelegate())))
                .onCompletion()
                .continueWith(load::end)
                .onItem()
                .transformToUniAndConcatenate(
                        batch -> writer.insert(batch).invoke(added -> load.stored(added.size())))
                .collect()
                .last()
                .map(last -> load.answer())
                .invoke(answer -> writer.countRejected(answer.rejected()))
                .onFailure(HttpClosedException.class)
                .transform(e -> new ProblemException(Problem.of(400, "The body did not end.")));
    }
}
