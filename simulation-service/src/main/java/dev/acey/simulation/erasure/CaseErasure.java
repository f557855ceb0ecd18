package dev.acey.simulation.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.page.Cursor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes a person's calls out of the cases. The table is gone through along its key, so that nothing
 * has to be kept beside a case to find whose it is: the database picks out the few whose bytes may
 * name the person, and those alone are read.
 */
@Singleton
class CaseErasure {

    private static final int CASES_A_STEP = 500;

    private static final String LOOK =
            """
            SELECT simulation, position, position($3::bytea IN entry) > 0 AS suspect
            FROM simulation_case WHERE (simulation, position) > ($1, $2)
            ORDER BY simulation, position LIMIT\s"""
                    + CASES_A_STEP;

    private static final String ENTRY =
            "SELECT entry FROM simulation_case WHERE simulation = $1 AND position = $2";

    private static final String DELETE =
            "DELETE FROM simulation_case WHERE simulation = $1 AND position = $2";

    private final Pool pool;
    private final ObjectMapper json;
    private final Vertx vertx;

    CaseErasure(Pool pool, ObjectMapper json, Vertx vertx) {
        this.pool = pool;
        this.json = json;
        this.vertx = vertx;
    }

    /** Erases the person's among the cases that follow. */
    Uni<ErasedBatch> step(String user, CasePlace after) {
        return pool.preparedQuery(LOOK)
                .execute(Tuple.of(after.simulation(), after.position(), needle(user)))
                .chain(
                        looked ->
                                erase(user, suspects(looked))
                                        .map(erased -> new ErasedBatch(erased, next(looked))));
    }

    /** As {@code context.user} stands in a case, which the same mapper wrote. */
    private Buffer needle(String user) {
        try {
            return Buffer.buffer(
                    ("\"user\":" + json.writeValueAsString(user)).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always JSON", e);
        }
    }

    private Uni<Integer> erase(String user, List<CasePlace> suspects) {
        return Multi.createFrom()
                .iterable(suspects)
                .onItem()
                .transformToUniAndConcatenate(place -> eraseIf(user, place))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> eraseIf(String user, CasePlace place) {
        Tuple key = Tuple.of(place.simulation(), place.position());
        return pool.preparedQuery(ENTRY)
                .execute(key)
                .chain(rows -> vertx.executeBlocking(() -> isOf(user, rows), false))
                .chain(
                        theirs ->
                                theirs
                                        ? pool.preparedQuery(DELETE)
                                                .execute(key)
                                                .map(RowSet::rowCount)
                                        : Uni.createFrom().item(0));
    }

    private boolean isOf(String user, RowSet<Row> rows) {
        for (Row row : rows) {
            try {
                byte[] entry = row.getBuffer("entry").getBytes();
                return user.equals(json.readValue(entry, LogEntry.class).user());
            } catch (IOException e) {
                throw new UncheckedIOException("a stored case holds unreadable JSON", e);
            }
        }
        return false;
    }

    private static List<CasePlace> suspects(RowSet<Row> looked) {
        List<CasePlace> suspects = new ArrayList<>();
        for (Row row : looked) {
            if (row.getBoolean("suspect")) {
                suspects.add(place(row));
            }
        }
        return suspects;
    }

    private static String next(RowSet<Row> looked) {
        if (looked.size() < CASES_A_STEP) {
            return null;
        }
        Row last = null;
        for (Row row : looked) {
            last = row;
        }
        return Cursor.encode(place(last).text());
    }

    private static CasePlace place(Row row) {
        return new CasePlace(row.getUUID("simulation"), row.getInteger("position"));
    }
}
