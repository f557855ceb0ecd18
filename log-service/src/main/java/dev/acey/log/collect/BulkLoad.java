package dev.acey.log.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.InvalidEntryException;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.JsonProblems;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.body.BodyLimit;
import dev.acey.log.collect.BulkAnswer.LineError;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.People;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * One bulk body on its way in: pieces become lines, lines entries, entries batches. It holds one
 * batch and one line, however long the body. Lines are read by one thread at a time, and what
 * became of batches may be told by another.
 */
final class BulkLoad {

    static final int LINES_A_BATCH = 500;
    static final int BYTES_A_BATCH = 1 << 20;

    private final ObjectMapper json;
    private final EntryJson entryJson;
    private final People people;
    private final Function<JsonNode, LogEntry> door;
    private final NdjsonLines lines = new NdjsonLines(BodyLimit.BYTES, this::line);
    private final List<Batch> ready = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private Batch batch = new Batch();
    private long taken;
    private long accepted;
    private long rejected;

    BulkLoad(
            ObjectMapper json,
            EntryJson entryJson,
            People people,
            Function<JsonNode, LogEntry> door) {
        this.json = json;
        this.entryJson = entryJson;
        this.people = people;
        this.door = door;
    }

    /** The batches that this piece of the body completes. */
    List<Batch> add(Buffer piece) {
        lines.add(piece);
        return takeReady();
    }

    /** The last batches, once the body has ended. */
    List<Batch> end() {
        lines.end();
        closeBatch();
        return takeReady();
    }

    /** Lines that are committed together, each id once. */
    final class Batch {

        private final Map<UUID, NewEntry> entries = new LinkedHashMap<>();
        private final Map<UUID, Long> lineNumbers = new HashMap<>();
        private int bytes;

        List<NewEntry> entries() {
            return List.copyOf(entries.values());
        }

        /** The batch was committed, and this became of it. */
        void stored(Stored outcome) {
            accept(outcome.added().size());
            outcome.refused()
                    .forEach(
                            (id, reason) ->
                                    rejectTaken(
                                            lineNumbers.get(id),
                                            "cannot be stored (SQLSTATE "
                                                    + reason.getSqlState()
                                                    + ")"));
        }

        private void add(long number, NewEntry entry) {
            if (entries.putIfAbsent(entry.id(), entry) == null) {
                lineNumbers.put(entry.id(), number);
                bytes += entry.body().length();
            }
        }

        private boolean isFull() {
            return entries.size() == LINES_A_BATCH || bytes >= BYTES_A_BATCH;
        }
    }

    synchronized BulkAnswer answer() {
        return new BulkAnswer(accepted, taken - accepted, rejected, List.copyOf(errors));
    }

    private void line(long number, byte[] line) {
        if (line == null) {
            reject(number, "is longer than " + BodyLimit.BYTES + " bytes");
        } else if (!isBlank(line)) {
            try {
                take(number, NewEntry.of(door.apply(json.readTree(line)), entryJson, people));
            } catch (ProblemException e) {
                reject(number, describe(e.problem()));
            } catch (JsonProcessingException e) {
                reject(number, describe(e));
            } catch (IOException e) {
                throw new IllegalStateException("bytes in memory can be read", e);
            }
        }
    }

    private void take(long number, NewEntry entry) {
        countTaken();
        batch.add(number, entry);
        if (batch.isFull()) {
            closeBatch();
        }
    }

    private void closeBatch() {
        if (!batch.entries.isEmpty()) {
            ready.add(batch);
            batch = new Batch();
        }
    }

    private List<Batch> takeReady() {
        List<Batch> batches = List.copyOf(ready);
        ready.clear();
        return batches;
    }

    private synchronized void countTaken() {
        taken++;
    }

    private synchronized void accept(int added) {
        accepted += added;
    }

    private synchronized void rejectTaken(long line, String detail) {
        taken--;
        reject(line, detail);
    }

    private synchronized void reject(long line, String detail) {
        rejected++;
        if (errors.size() < BulkAnswer.MOST_ERRORS) {
            errors.add(new LineError(line, detail));
        }
    }

    private static String describe(JsonProcessingException e) {
        Problem problem = JsonProblems.of(e);
        return problem.errors().isEmpty() && e.getLocation() != null
                ? "is not one JSON document: it breaks at column " + e.getLocation().getColumnNr()
                : describe(problem);
    }

    private static String describe(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : new InvalidEntryException(problem.errors()).oneLine();
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
