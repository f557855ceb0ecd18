package dev.acey.log.rollup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The numbers of series. There are at most {@value #MOST}, however many task types and models
 * clients make up; what comes later is counted under {@code (other)} of its environment, variant,
 * rollout and stage.
 */
@ApplicationScoped
public class Series {

    static final int MOST = 10_000;

    /** One that is in the memory of a replica was seen by it within this time. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private static final Duration FULL = Duration.ofMinutes(1);

    private static final String KEY = "task_type, environment, variant, model, rollout_id, stage";

    /** One session at a time gives out numbers, so that the bound is exact. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('acey.log.series', 0))";

    private static final String NUMBER =
            """
            WITH given AS (
              SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                $6::int[]) AS g(%1$s)
            ), there AS (
              UPDATE series SET seen_at = $7
              FROM given g
              WHERE series.task_type = g.task_type AND series.environment = g.environment
                AND series.variant = g.variant AND series.model = g.model
                AND series.rollout_id = g.rollout_id AND series.stage = g.stage
              RETURNING series.*
            ), made AS (
              INSERT INTO series (%1$s, seen_at)
              SELECT %1$s, $7 FROM given LEFT JOIN there USING (%1$s)
              WHERE there.id IS NULL
              LIMIT (SELECT greatest(0, $8 - count(*)) FROM series)
              RETURNING *
            )
            SELECT id, %1$s FROM there UNION ALL SELECT id, %1$s FROM made
            """
                    .formatted(KEY);

    private final Pool pool;
    private final Clock clock;
    private final Map<SeriesKey, Known> known = new ConcurrentHashMap<>();
    private volatile Instant fullUntil = Instant.MIN;

    Series(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    private record Known(int number, Instant since) {}

    /** The number of each key; asks the database only for what this replica has not met lately. */
    public Uni<Map<SeriesKey, Integer>> numbers(Collection<SeriesKey> keys) {
        Instant now = clock.instant();
        Map<SeriesKey, Integer> numbers = new HashMap<>();
        Set<SeriesKey> unknown = new HashSet<>();
        for (SeriesKey key : keys) {
            Known at = known.get(key);
            if (at != null && at.since().plus(REMEMBERED).isAfter(now)) {
                numbers.put(key, at.number());
            } else {
                unknown.add(key);
            }
        }
        return unknown.isEmpty()
                ? Uni.createFrom().item(numbers)
                : ask(unknown, MOST, now).chain(() -> rest(unknown, numbers, now));
    }

    private Uni<Map<SeriesKey, Integer>> rest(
            Set<SeriesKey> asked, Map<SeriesKey, Integer> numbers, Instant now) {
        Map<SeriesKey, SeriesKey> countedAs =
                asked.stream()
                        .collect(
                                Collectors.toMap(
                                        key -> key,
                                        key -> known.containsKey(key) ? key : key.rest()));
        Set<SeriesKey> missing = new HashSet<>(countedAs.values());
        missing.removeAll(known.keySet());
        return (missing.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : ask(missing, Integer.MAX_VALUE, now))
                .map(
                        done -> {
                            countedAs.forEach(
                                    (key, as) -> numbers.put(key, known.get(as).number()));
                            return numbers;
                        });
    }

    private Uni<Void> ask(Set<SeriesKey> keys, int most, Instant now) {
        Set<SeriesKey> asked = new HashSet<>(keys);
        if (most == MOST && fullUntil.isAfter(now)) {
            asked.retainAll(known.keySet());
        }
        return asked.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.withTransaction(tx -> number(tx, arguments(asked, most, now)))
                        .invoke(rows -> remember(asked, rows, now))
                        .replaceWithVoid();
    }

    private static Uni<RowSet<Row>> number(SqlConnection tx, Tuple arguments) {
        return tx.query(LOCK).execute().chain(() -> tx.preparedQuery(NUMBER).execute(arguments));
    }

    private void remember(Set<SeriesKey> asked, RowSet<Row> rows, Instant now) {
        known.keySet().removeAll(asked);
        rows.forEach(row -> known.put(key(row), new Known(row.getInteger(0), now)));
        if (rows.size() < asked.size()) {
            fullUntil = now.plus(FULL);
        }
    }

    private static Tuple arguments(Set<SeriesKey> given, int most, Instant now) {
        List<SeriesKey> keys = List.copyOf(given);
        return Tuple.tuple()
                .addArrayOfString(texts(keys, SeriesKey::taskType))
                .addArrayOfString(texts(keys, SeriesKey::environment))
                .addArrayOfString(texts(keys, SeriesKey::variant))
                .addArrayOfString(texts(keys, SeriesKey::model))
                .addArrayOfString(texts(keys, SeriesKey::rolloutId))
                .addArrayOfInteger(keys.stream().map(SeriesKey::stage).toArray(Integer[]::new))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addLong((long) most);
    }

    private static String[] texts(List<SeriesKey> keys, Function<SeriesKey, String> part) {
        return keys.stream().map(part).toArray(String[]::new);
    }

    private static SeriesKey key(Row row) {
        return new SeriesKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getInteger(6));
    }
}
