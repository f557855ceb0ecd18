package dev.acey.simulation.cases;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The table {@code simulation_case}, read and written in sets. */
@Singleton
public class CaseStore {

    private static final int ROWS_AT_ONCE = 200;

    private final Pool pool;

    CaseStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Stores a simulation's cases, all or none. Those that are there already stay, whatever is
     * given: a simulation keeps the cases it began with.
     *
     * @return how many cases the simulation has
     */
    public Uni<Integer> storeOnce(UUID simulation, List<NewCase> cases) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery("SELECT FROM simulation WHERE id = $1 FOR UPDATE")
                                .execute(Tuple.of(simulation))
                                .chain(() -> count(connection, simulation))
                                .chain(
                                        there ->
                                                there > 0
                                                        ? Uni.createFrom().item(there)
                                                        : insert(connection, simulation, cases)));
    }

    public Uni<Integer> count(UUID simulation) {
        return pool.withConnection(connection -> count(connection, simulation));
    }

    /** Cases from a position on, in order. */
    public Uni<List<StoredCase>> page(UUID simulation, int from, int limit) {
        return pool.preparedQuery(
                        "SELECT position, task_type, log_id, entry, candidate, result"
                                + " FROM simulation_case WHERE simulation = $1 AND position >= $2"
                                + " ORDER BY position LIMIT $3")
                .execute(Tuple.of(simulation, from, limit))
                .map(CaseStore::cases);
    }

    /** What came of cases from a position on, in order, without their content. */
    public Uni<List<StoredCase>> results(UUID simulation, int from, int limit) {
        return pool.preparedQuery(
                        "SELECT position, task_type, log_id, NULL::bytea AS entry,"
                                + " NULL::bytea AS candidate, result"
                                + " FROM simulation_case WHERE simulation = $1 AND position >= $2"
                                + " ORDER BY position LIMIT $3")
                .execute(Tuple.of(simulation, from, limit))
                .map(CaseStore::cases);
    }

    /** The cases at these positions that there are, in order, with their content. */
    public Uni<List<StoredCase>> at(UUID simulation, Collection<Integer> positions) {
        return pool.preparedQuery(
                        "SELECT position, task_type, log_id, entry, candidate, result"
                                + " FROM simulation_case WHERE simulation = $1"
                                + " AND position = ANY ($2) ORDER BY position")
                .execute(Tuple.of(simulation, positions.toArray(Integer[]::new)))
                .map(CaseStore::cases);
    }

    /** Records what came of a case each; again is harmless. */
    public Uni<Void> record(UUID simulation, List<Integer> positions, List<Buffer> results) {
        return pool.preparedQuery(
                        "UPDATE simulation_case SET result = r.result"
                                + " FROM unnest($2::int[], $3::bytea[]) AS r (position, result)"
                                + " WHERE simulation = $1"
                                + " AND simulation_case.position = r.position")
                .execute(
                        Tuple.of(
                                simulation,
                                positions.toArray(Integer[]::new),
                                results.toArray(Buffer[]::new)))
                .replaceWithVoid();
    }

    /**
     * Deletes simulations from before then, with their cases, that have no job of this kind: the
     * service died before their client got an answer.
     */
    public Uni<Integer> deleteOrphans(String jobKind, Instant before) {
        return pool.preparedQuery(
                        "DELETE FROM simulation s WHERE created_at < $1 AND NOT EXISTS"
                                + " (SELECT FROM job WHERE kind = $2 AND name = s.id::text)")
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), jobKind))
                .map(RowSet::rowCount);
    }

    private static Uni<Integer> count(SqlConnection connection, UUID simulation) {
        return connection
                .preparedQuery("SELECT count(*)::int FROM simulation_case WHERE simulation = $1")
                .execute(Tuple.of(simulation))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static Uni<Integer> insert(
            SqlConnection connection, UUID simulation, List<NewCase> cases) {
        return Multi.createFrom()
                .range(0, (cases.size() + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> insert(connection, simulation, cases, chunk * ROWS_AT_ONCE))
                .collect()
                .last()
                .replaceWith(cases.size());
    }

    private static Uni<RowSet<Row>> insert(
            SqlConnection connection, UUID simulation, List<NewCase> cases, int from) {
        List<NewCase> chunk = cases.subList(from, Math.min(cases.size(), from + ROWS_AT_ONCE));
        Integer[] positions = new Integer[chunk.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = from + i;
        }
        return connection
                .preparedQuery(
                        "INSERT INTO simulation_case"
                                + " (simulation, position, task_type, log_id, entry, candidate)"
                                + " SELECT $1, n.* FROM unnest($2::int[], $3::text[], $4::uuid[],"
                                + " $5::bytea[], $6::bytea[]) AS n")
                .execute(
                        Tuple.of(
                                simulation,
                                positions,
                                chunk.stream().map(NewCase::taskType).toArray(String[]::new),
                                chunk.stream().map(NewCase::logId).toArray(UUID[]::new),
                                chunk.stream().map(NewCase::entry).toArray(Buffer[]::new),
                                chunk.stream().map(NewCase::candidate).toArray(Buffer[]::new)));
    }

    private static List<StoredCase> cases(RowSet<Row> rows) {
        List<StoredCase> cases = new ArrayList<>(rows.size());
        for (Row row : rows) {
            cases.add(
                    new StoredCase(
                            row.getInteger("position"),
                            row.getString("task_type"),
                            row.getUUID("log_id"),
                            buffer(row, "entry"),
                            buffer(row, "candidate"),
                            buffer(row, "result")));
        }
        return cases;
    }

    private static Buffer buffer(Row row, String column) {
        return row.getDelegate().getBuffer(column);
    }
}
