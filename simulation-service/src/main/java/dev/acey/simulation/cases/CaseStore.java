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
import java.util.function.Function;

/** The table {@code simulation_case}, read and written in sets. */
@Singleton
public class CaseStore {

    private static final String WHOLE =
            """
            SELECT c.position, c.task_type, c.log_id, c.entry, c.candidate, c.demonstration,
              a.answer AS asked, j.answer AS judge, s.answer AS judge_swapped, c.result
            FROM simulation_case c
            LEFT JOIN simulation_ask a ON (a.simulation, a.position, a.purpose)
              = (c.simulation, c.position, 'candidate')
            LEFT JOIN simulation_ask j ON (j.simulation, j.position, j.purpose)
              = (c.simulation, c.position, 'judge')
            LEFT JOIN simulation_ask s ON (s.simulation, s.position, s.purpose)
              = (c.simulation, c.position, 'judge_swapped')
            WHERE c.simulation = $1\
            """;

    private static final String RESULTS =
            """
            SELECT c.position, c.task_type, c.log_id, NULL::bytea AS entry,
              NULL::bytea AS candidate, NULL::bytea AS demonstration, NULL::bytea AS asked,
              NULL::bytea AS judge, NULL::bytea AS judge_swapped, c.result
            FROM simulation_case c WHERE c.simulation = $1\
            """;

    private static final String FROM_ON = " AND c.position >= $2 ORDER BY c.position LIMIT $3";

    private final Pool pool;

    CaseStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Stores a simulation's cases, all or none, as they come. Those that are there already stay,
     * and none of the given is asked for: a simulation keeps the cases it began with.
     *
     * @return how many cases the simulation has
     */
    public Uni<Integer> storeOnce(UUID simulation, Multi<List<NewCase>> cases) {
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
        return read(WHOLE + FROM_ON, Tuple.of(simulation, from, limit));
    }

    /**
     * Cases from a position on that a model is to be asked about and has not answered yet, in
     * order: for a candidate those without a recorded answer of it, for a judge those that both
     * models answered.
     */
    public Uni<List<StoredCase>> unanswered(UUID simulation, Purpose purpose, int from, int limit) {
        String wanted =
                purpose == Purpose.CANDIDATE
                        ? " AND c.candidate IS NULL"
                        : " AND (c.candidate IS NOT NULL OR a.answer IS NOT NULL)";
        return read(
                WHOLE
                        + wanted
                        + " AND NOT EXISTS (SELECT FROM simulation_ask o WHERE"
                        + " o.simulation = c.simulation AND o.position = c.position"
                        + " AND o.purpose = $4 AND o.answer IS NOT NULL)"
                        + FROM_ON,
                Tuple.of(simulation, from, limit, purpose.column()));
    }

    /** What came of cases from a position on, in order, without their content. */
    public Uni<List<StoredCase>> results(UUID simulation, int from, int limit) {
        return read(RESULTS + FROM_ON, Tuple.of(simulation, from, limit));
    }

    /** The cases at these positions that there are, in order, with their content. */
    public Uni<List<StoredCase>> at(UUID simulation, Collection<Integer> positions) {
        return read(
                WHOLE + " AND c.position = ANY ($2) ORDER BY c.position",
                Tuple.of(simulation, positions.toArray(Integer[]::new)));
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
            SqlConnection connection, UUID simulation, Multi<List<NewCase>> cases) {
        return cases.onItem()
                .transformToUniAndConcatenate(
                        some ->
                                count(connection, simulation)
                                        .chain(from -> insert(connection, simulation, some, from)))
                .collect()
                .last()
                .chain(() -> count(connection, simulation));
    }

    private static Uni<RowSet<Row>> insert(
            SqlConnection connection, UUID simulation, List<NewCase> cases, int from) {
        Integer[] positions = new Integer[cases.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = from + i;
        }
        return connection
                .preparedQuery(
                        "INSERT INTO simulation_case"
                                + " (simulation, position, task_type, log_id, entry, candidate,"
                                + " demonstration)"
                                + " SELECT $1, n.* FROM unnest($2::int[], $3::text[], $4::uuid[],"
                                + " $5::bytea[], $6::bytea[], $7::bytea[]) AS n")
                .execute(
                        Tuple.tuple()
                                .addUUID(simulation)
                                .addValue(positions)
                                .addValue(
                                        cases.stream()
                                                .map(NewCase::taskType)
                                                .toArray(String[]::new))
                                .addValue(cases.stream().map(NewCase::logId).toArray(UUID[]::new))
                                .addValue(buffers(cases, NewCase::entry))
                                .addValue(buffers(cases, NewCase::candidate))
                                .addValue(buffers(cases, NewCase::demonstration)));
    }

    private static Buffer[] buffers(List<NewCase> cases, Function<NewCase, Buffer> part) {
        return cases.stream().map(part).toArray(Buffer[]::new);
    }

    private Uni<List<StoredCase>> read(String query, Tuple arguments) {
        return pool.preparedQuery(query).execute(arguments).map(CaseStore::cases);
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
                            buffer(row, "demonstration"),
                            buffer(row, "asked"),
                            buffer(row, "judge"),
                            buffer(row, "judge_swapped"),
                            buffer(row, "result")));
        }
        return cases;
    }

    private static Buffer buffer(Row row, String column) {
        return row.getDelegate().getBuffer(column);
    }
}
