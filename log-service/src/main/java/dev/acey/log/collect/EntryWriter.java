package dev.acey.log.collect;

import dev.acey.log.observation.Observations;
import dev.acey.log.rollup.Deltas;
import dev.acey.log.rollup.Deltas.Counted;
import dev.acey.log.rollup.Series;
import dev.acey.log.rollup.SeriesKey;
import dev.acey.log.store.Days;
import dev.acey.log.store.Erased;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes entries, and with them what they add to the figures: a batch is one commit. */
@ApplicationScoped
class EntryWriter {

    private static final Logger LOG = Logger.getLogger(EntryWriter.class);

    /**
     * Sessions that insert the same ids wait for one another, in the same order, and never in a
     * circle.
     */
    private static final Comparator<NewEntry> LOCK_ORDER =
            Comparator.comparing(NewEntry::day).thenComparing(NewEntry::id);

    private static final String INSERT =
            """
            WITH given AS (
              SELECT * FROM unnest(
                $1::date[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                $7::text[], $8::text[], $9::text[], $10::float8[], $11::float8[], $12::float8[],
                $13::bool[], $14::int[], $15::bytea[], $16::bytea[], $17::int[], $18::bigint[],
                $19::bigint[], $20::bytea[]
              ) AS g(day, id, ts, task_type, environment, decision, action, variant, model,
                confidence, response_time, cost, failed, findings, final_action, body, series,
                prompt_tokens, completion_tokens, user_hash)
            ), added AS (
              INSERT INTO entry (day, id, ts, task_type, environment, decision, action, variant,
                model, confidence, response_time, cost, failed, findings, final_action, series,
                prompt_tokens, completion_tokens, user_hash)
              SELECT day, id, ts, task_type, environment, decision, action, variant, model,
                confidence, response_time, cost, failed, findings, final_action, series,
                prompt_tokens, completion_tokens, user_hash
              FROM given
              ON CONFLICT (day, id) DO NOTHING
              RETURNING day, id
            ), kept AS (
              INSERT INTO payload (day, id, body)
              SELECT day, id, body FROM given JOIN added USING (day, id)
            ), late AS (
              INSERT INTO late_entries (day)
              SELECT DISTINCT day FROM added WHERE day < $21::date
            )
            SELECT id FROM added
            """;

    /** Whoever waits longer for a commit is told that the database is away. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Pool pool;
    private final Days days;
    private final Series series;
    private final Deltas deltas;
    private final Observations observations;
    private final MeterRegistry metrics;

    EntryWriter(
            Pool pool,
            Days days,
            Series series,
            Deltas deltas,
            Observations observations,
            MeterRegistry metrics) {
        this.pool = pool;
        this.days = days;
        this.series = series;
        this.deltas = deltas;
        this.observations = observations;
        this.metrics = metrics;
    }

    /**
     * Inserts those that are not stored yet, and completes when they are committed.
     *
     * @param batch no id twice
     * @return the ids of those that are new
     */
    Uni<Set<UUID>> insert(List<NewEntry> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Timer.Sample start = Timer.start(metrics);
        List<NewEntry> rows = batch.stream().sorted(LOCK_ORDER).toList();
        Set<LocalDate> needed = rows.stream().map(NewEntry::day).collect(Collectors.toSet());
        return days.insert(needed, () -> committed(rows))
                .ifNoItem()
                .after(LONGEST_WAIT)
                .fail()
                .invoke(ids -> count(ids.size(), rows.size() - ids.size()))
                .onTermination()
                .invoke(() -> start.stop(metrics.timer("acey_log_commit")));
    }

    private Uni<Set<UUID>> committed(List<NewEntry> rows) {
        return series.numbers(rows.stream().map(NewEntry::series).toList())
                .chain(numbers -> pool.withTransaction(tx -> insert(tx, rows, numbers)));
    }

    private Uni<Set<UUID>> insert(
            SqlConnection tx, List<NewEntry> rows, Map<SeriesKey, Integer> numbers) {
        return tx.preparedQuery(INSERT)
                .execute(columns(rows, numbers).addLocalDate(days.firstOpen()))
                .chain(
                        added -> {
                            Set<UUID> ids = new HashSet<>();
                            added.forEach(row -> ids.add(row.getUUID(0)));
                            return tell(tx, rows, ids, numbers).replaceWith(ids);
                        });
    }

    /** What those that are new are counted by, and what the guards of rollouts see of them. */
    private Uni<Void> tell(
            SqlConnection tx,
            List<NewEntry> rows,
            Set<UUID> added,
            Map<SeriesKey, Integer> numbers) {
        List<NewEntry> fresh = rows.stream().filter(row -> added.contains(row.id())).toList();
        List<Counted> counted =
                fresh.stream()
                        .map(row -> new Counted(numbers.get(row.series()), row.measured()))
                        .toList();
        return deltas.added(tx, counted)
                .chain(() -> observations.calls(tx, fresh.stream().map(NewEntry::entry).toList()));
    }

    /**
     * Inserts as {@link #insert} does. Where the database takes the batch for one entry's sake not
     * at all, the others are stored without it.
     *
     * @param batch no id twice
     */
    Uni<Stored> store(List<NewEntry> batch) {
        return insert(batch)
                .map(added -> new Stored(added, Map.of()))
                .onFailure(EntryWriter::refusesAnEntry)
                .recoverWithUni(
                        refusal ->
                                batch.size() == 1
                                        ? Uni.createFrom().item(refused(batch.get(0), refusal))
                                        : storeHalves(batch));
    }

    private static Stored refused(NewEntry entry, Throwable refusal) {
        LOG.errorf("Entry %s cannot be stored: %s", entry.id(), refusal);
        return Stored.refused(entry, (PgException) refusal);
    }

    private Uni<Stored> storeHalves(List<NewEntry> batch) {
        int half = batch.size() / 2;
        return store(batch.subList(0, half))
                .chain(
                        first ->
                                store(batch.subList(half, batch.size()))
                                        .map(second -> first.and(second)));
    }

    /** SQLSTATE classes 22 (data), 23 (constraints) and 54 (limits): it is about what was sent. */
    private static boolean refusesAnEntry(Throwable failure) {
        return failure instanceof PgException pg
                && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22")
                        || pg.getSqlState().startsWith("23")
                        || pg.getSqlState().startsWith("54"));
    }

    /** What is stored under the id of this entry. */
    Uni<Receipt> stored(NewEntry entry) {
        return pool.preparedQuery(
                        "SELECT id, ts, decision, action, erased FROM entry WHERE id = $1 AND day = "
                                + Days.literal(entry.day()))
                .execute(Tuple.of(entry.id()))
                .map(found -> receipt(found.iterator().next()));
    }

    /** Counts lines that were no entries. */
    void countRejected(long rejected) {
        metrics.counter("acey_log_entries", "outcome", "rejected").increment(rejected);
    }

    private static Receipt receipt(Row row) {
        if (row.getBoolean("erased")) {
            throw Erased.gone(row.getUUID(0));
        }
        return new Receipt(
                row.getUUID(0),
                row.getOffsetDateTime(1).toInstant(),
                row.getString(2),
                row.getString(3));
    }

    private void count(int accepted, int duplicates) {
        metrics.counter("acey_log_entries", "outcome", "accepted").increment(accepted);
        metrics.counter("acey_log_entries", "outcome", "duplicate").increment(duplicates);
    }

    private static Tuple columns(List<NewEntry> rows, Map<SeriesKey, Integer> numbers) {
        return Tuple.tuple()
                .addArrayOfLocalDate(column(rows, LocalDate[]::new, NewEntry::day))
                .addArrayOfUUID(column(rows, UUID[]::new, NewEntry::id))
                .addArrayOfOffsetDateTime(column(rows, OffsetDateTime[]::new, EntryWriter::at))
                .addArrayOfString(column(rows, String[]::new, r -> r.entry().taskType()))
                .addArrayOfString(column(rows, String[]::new, r -> r.entry().environment()))
                .addArrayOfString(column(rows, String[]::new, r -> r.entry().controlDecision()))
                .addArrayOfString(column(rows, String[]::new, NewEntry::action))
                .addArrayOfString(column(rows, String[]::new, NewEntry::variant))
                .addArrayOfString(column(rows, String[]::new, NewEntry::model))
                .addArrayOfDouble(column(rows, Double[]::new, r -> r.entry().confidence()))
                .addArrayOfDouble(column(rows, Double[]::new, NewEntry::responseTime))
                .addArrayOfDouble(column(rows, Double[]::new, NewEntry::cost))
                .addArrayOfBoolean(column(rows, Boolean[]::new, r -> r.entry().failed()))
                .addArrayOfInteger(column(rows, Integer[]::new, NewEntry::findings))
                .addValue(column(rows, Buffer[]::new, NewEntry::finalAction))
                .addValue(column(rows, Buffer[]::new, NewEntry::body))
                .addArrayOfInteger(column(rows, Integer[]::new, r -> numbers.get(r.series())))
                .addArrayOfLong(column(rows, Long[]::new, NewEntry::promptTokens))
                .addArrayOfLong(column(rows, Long[]::new, NewEntry::completionTokens))
                .addValue(column(rows, Buffer[]::new, NewEntry::userHash));
    }

    private static OffsetDateTime at(NewEntry row) {
        return row.entry().timestamp().atOffset(ZoneOffset.UTC);
    }

    private static <T> T[] column(
            List<NewEntry> rows, IntFunction<T[]> array, Function<NewEntry, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
