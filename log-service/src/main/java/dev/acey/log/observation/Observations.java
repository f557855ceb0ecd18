package dev.acey.log.observation;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Routing;
import dev.acey.log.store.Days;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes observations with what they are about, and reads them in the order of commit. */
@ApplicationScoped
public class Observations {

    private static final String CALLS =
            """
            INSERT INTO observation (day, id, rollout_id, stage, variant, environment, at, served_by,
              key_hash, failed, decision, response_time, confidence)
            SELECT * FROM unnest($1::date[], $2::uuid[], $3::text[], $4::int[], $5::text[],
              $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::bool[], $11::text[],
              $12::float8[], $13::float8[])
            """;

    private static final String FEEDBACK =
            """
            INSERT INTO observation (day, id, rollout_id, stage, variant, environment, at, metric,
              score)
            SELECT e.day, e.id, s.rollout_id, nullif(s.stage, -1), nullif(s.variant, ''),
              s.environment, $2, $3, $4
            FROM entry e JOIN series s ON s.id = e.series
            WHERE e.day = %s AND e.id = $1 AND s.rollout_id <> ''
            """;

    /** Every transaction below xmin has ended: nothing more comes before what is read here. */
    private static final String NEXT =
            """
            SELECT *, xid::text AS transaction FROM observation
            WHERE (xid, seq) > ($1::text::xid8, $2)
              AND xid < pg_snapshot_xmin(pg_current_snapshot())%s
            ORDER BY xid, seq LIMIT $3
            """;

    private final Pool pool;

    Observations(Pool pool) {
        this.pool = pool;
    }

    /** Tells of entries that this transaction inserts, as far as they belong to a rollout. */
    public Uni<Void> calls(SqlConnection tx, Collection<LogEntry> added) {
        List<LogEntry> calls = added.stream().filter(Observations::isOfRollout).toList();
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(CALLS).execute(columns(calls)).replaceWithVoid();
    }

    /**
     * Tells of feedback on a stored entry, if it belongs to a rollout.
     *
     * @param score within 0 and 1; null says nothing that could be compared
     */
    public Uni<Void> feedback(
            SqlConnection tx, LocalDate day, UUID id, String metric, Double score, Instant at) {
        return score == null
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FEEDBACK.formatted(Days.literal(day)))
                        .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC), metric, score))
                        .replaceWithVoid();
    }

    /**
     * The next ones, oldest first. None may mean that a transaction has not ended yet.
     *
     * @param rolloutId null for all
     */
    Uni<ObservationPage> after(ObservationCursor place, String rolloutId, int limit) {
        Tuple arguments = Tuple.of(place.xid(), place.seq(), limit);
        if (rolloutId != null) {
            arguments.addString(rolloutId);
        }
        return pool.preparedQuery(NEXT.formatted(rolloutId == null ? "" : " AND rollout_id = $4"))
                .execute(arguments)
                .map(rows -> page(rows, place));
    }

    private static ObservationPage page(RowSet<Row> rows, ObservationCursor start) {
        List<Observation> observations = new ArrayList<>(rows.size());
        ObservationCursor end = start;
        for (Row row : rows) {
            observations.add(Observation.of(row));
            end = new ObservationCursor(row.getString("transaction"), row.getLong("seq"));
        }
        return new ObservationPage(observations, end.encoded());
    }

    private static boolean isOfRollout(LogEntry entry) {
        return entry.routing() != null && entry.routing().rolloutId() != null;
    }

    private static Tuple columns(List<LogEntry> calls) {
        return Tuple.tuple()
                .addArrayOfLocalDate(column(calls, LocalDate[]::new, e -> Days.of(e.timestamp())))
                .addArrayOfUUID(column(calls, UUID[]::new, LogEntry::id))
                .addArrayOfString(routed(calls, Routing::rolloutId))
                .addArrayOfInteger(column(calls, Integer[]::new, e -> e.routing().stage()))
                .addArrayOfString(routed(calls, Routing::variant))
                .addArrayOfString(column(calls, String[]::new, LogEntry::environment))
                .addArrayOfOffsetDateTime(
                        column(
                                calls,
                                OffsetDateTime[]::new,
                                e -> e.timestamp().atOffset(ZoneOffset.UTC)))
                .addArrayOfString(routed(calls, Routing::servedBy))
                .addArrayOfString(routed(calls, Routing::keyHash))
                .addArrayOfBoolean(column(calls, Boolean[]::new, LogEntry::failed))
                .addArrayOfString(column(calls, String[]::new, LogEntry::controlDecision))
                .addArrayOfDouble(column(calls, Double[]::new, Observations::responseTime))
                .addArrayOfDouble(column(calls, Double[]::new, LogEntry::confidence));
    }

    private static Double responseTime(LogEntry entry) {
        return entry.performance() == null ? null : entry.performance().responseTime();
    }

    private static String[] routed(List<LogEntry> calls, Function<Routing, String> field) {
        return column(calls, String[]::new, entry -> field.apply(entry.routing()));
    }

    private static <T> T[] column(
            List<LogEntry> calls, IntFunction<T[]> array, Function<LogEntry, T> value) {
        return calls.stream().map(value).toArray(array);
    }
}
