package dev.acey.log.early;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.Days;
import dev.acey.log.store.Erased;
import dev.acey.log.store.TimeRange;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what came before its entry. */
@ApplicationScoped
public class Early {

    /** How old an id may be, and how long what came early waits. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** How far other clocks may be ahead of ours. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** What waits in all; the sweep looks at every one of it each second. */
    static final int MOST = 10_000;

    static final int MOST_FOR_ONE_ENTRY = 100;

    private static final String PUT =
            """
            INSERT INTO early (day, id, kind, command, at)
            SELECT %1$s, $1, $2, $3, $4
            WHERE (SELECT count(*) FROM (SELECT FROM early LIMIT %2$d) e) < %2$d
              AND (SELECT count(*) FROM early WHERE day = %1$s AND id = $1) < %3$d
            """;

    private static final String ERASED =
            "SELECT 1 FROM entry WHERE id = $1 AND day = %s AND erased";

    private static final String TAKE =
            "DELETE FROM early WHERE id = $1 AND day = %s AND kind = ANY ($2)"
                    + " RETURNING seq, kind, command, at";

    private final MeterRegistry metrics;

    Early(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Keeps a command until its entry arrives, durable with the connection's transaction.
     *
     * @return what to tell the caller; a failure of 404 where no entry of this id may arrive any
     *     more, of 410 where it was erased, of 503 where too much waits
     */
    public Uni<Waiting> put(
            SqlConnection connection, EarlyKind kind, UUID id, Buffer command, Instant now) {
        return refuseErased(connection, id).chain(() -> keep(connection, kind, id, command, now));
    }

    private static Uni<Void> refuseErased(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(ERASED.formatted(dayOf(id)))
                .execute(Tuple.of(id))
                .invoke(
                        erased -> {
                            if (erased.size() > 0) {
                                throw Erased.gone(id);
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<Waiting> keep(
            SqlConnection connection, EarlyKind kind, UUID id, Buffer command, Instant now) {
        if (!mayArrive(id, now)) {
            throw ProblemException.notFound("There is no log entry " + id + ".");
        }
        return connection
                .preparedQuery(PUT.formatted(dayOf(id), MOST, MOST_FOR_ONE_ENTRY))
                .execute(Tuple.of(id, kind.name(), command, TimeRange.asArgument(now)))
                .map(
                        put -> {
                            if (put.rowCount() == 0) {
                                throw ProblemException.unavailable(
                                        "Too much waits already for entries that are not here.");
                            }
                            count("waits", 1);
                            return new Waiting(id, "waiting", now.plus(PATIENCE));
                        });
    }

    /**
     * Applies what waits of these kinds for this entry, in the order in which it came. Whoever
     * calls holds the entry's row, so that nothing else is said about the entry in between.
     */
    public Uni<Void> applyWaiting(SqlConnection connection, UUID id, EarlyKind... kinds) {
        Map<String, EarlyKind> byName =
                Stream.of(kinds).collect(Collectors.toMap(EarlyKind::name, Function.identity()));
        return connection
                .preparedQuery(TAKE.formatted(dayOf(id)))
                .execute(Tuple.of(id, byName.keySet().toArray(String[]::new)))
                .map(Early::inOrder)
                .call(
                        said ->
                                Multi.createFrom()
                                        .iterable(said)
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                one ->
                                                        byName.get(one.kind)
                                                                .apply(
                                                                        connection,
                                                                        id,
                                                                        one.command,
                                                                        one.at))
                                        .collect()
                                        .last())
                .invoke(said -> count("applied", said.size()))
                .replaceWithVoid();
    }

    private record Said(long seq, String kind, byte[] command, Instant at) {}

    void count(String outcome, long howMuch) {
        metrics.counter("acey_log_early", "outcome", outcome).increment(howMuch);
    }

    static boolean mayArrive(UUID id, Instant now) {
        if (id.version() != 7 || id.variant() != 2) {
            return false;
        }
        Instant time = LogEntryReader.timeOf(id);
        return time.isAfter(now.minus(PATIENCE)) && !time.isAfter(now.plus(CLOCKS_DIFFER));
    }

    private static String dayOf(UUID id) {
        return Days.literal(Days.of(TimeRange.clamp(LogEntryReader.timeOf(id))));
    }

    private static List<Said> inOrder(RowSet<Row> rows) {
        List<Said> said = new ArrayList<>(rows.size());
        rows.forEach(
                row ->
                        said.add(
                                new Said(
                                        row.getLong(0),
                                        row.getString(1),
                                        row.get(Buffer.class, 2).getBytes(),
                                        row.getOffsetDateTime(3).toInstant())));
        said.sort(Comparator.comparingLong(Said::seq));
        return said;
    }
}
