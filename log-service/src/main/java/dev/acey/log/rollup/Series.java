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

    /** How long it is taken for granted that there are too many. */
    private static final Duration FULL = Duration.ofMinutes(1);

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final String KEY = "task_type, environment, variant, model, rollout_id, stage";

    /** One session at a time gives out numbers, so that the bound is exact. */
    static final String LOCK =
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
        Set<SeriesKey> wanted = new HashSet<>(keys);
        return find(wanted, MOST, now)
                .chain(
                        found -> {
                            wanted.removeAll(found.keySet());
                            return wanted.isEmpty()
                                    ? Uni.createFrom().item(found)
                                    : withRest(found, wanted, now);
                        });
    }

    private Uni<Map<SeriesKey, Integer>> withRest(
            Map<SeriesKey, Integer> numbers, Set<SeriesKey> others, Instant now) {
        Set<SeriesKey> rests = others.stream().map(SeriesKey::rest).collect(Collectors.toSet());
        return find(rests, UNBOUNDED, now)
                .map(
                        found -> {
                            others.forEach(key -> numbers.put(key, found.get(key.rest())));
                            return numbers;
                        });
    }

    private Uni<Map<SeriesKey, Integer>> find(Set<SeriesKey> keys, int most, Instant now) {
        Map<SeriesKey, Integer> numbers = new HashMap<>();
        Set<SeriesKey> asked = new HashSet<>();
        for (SeriesKey key : keys) {
            Known at = known.get(key);
            if (at != null && at.since().plus(REMEMBERED).isAfter(now)) {
                numbers.put(key, at.number());
            } else if (at != null || most == UNBOUNDED || !fullUntil.isAfter(now)) {
                asked.add(key);
            }
        }
        return asked.isEmpty()
                ? Uni.createFrom().item(numbers)
                : pool.withTransaction(tx -> ask(tx, arguments(asked, most, now)))
                        .map(
                                rows -> {
                                    rows.forEach(row -> numbers.put(key(row), row.getInteger(0)));
                                    remember(asked, numbers, now);
                                    return numbers;
                                });
    }

    private static Uni<RowSet<Row>> ask(SqlConnection tx, Tuple arguments) {
        return tx.query(LOCK).execute().chain(() -> tx.preparedQuery(NUMBER).execute(arguments));
    }

    private void remember(Set<SeriesKey> asked, Map<SeriesKey, Integer> numbers, Instant now) {
        for (SeriesKey key : asked) {
            if (numbers.containsKey(key)) {
                known.put(key, new Known(numbers.get(key), now));
            } else {
                known.remove(key);
                fullUntil = now.plus(FULL);
            }
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
