package dev.acey.log.rollup;

import dev.acey.log.tally.Tally;
import dev.acey.log.tally.TallyRows;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Folds deltas into the roll-ups of their minute, hour and day. A step takes deltas out and adds
 * them in one transaction: each is counted once, whenever this is killed. One replica folds at a
 * time.
 */
@ApplicationScoped
public class Folding {

    /** Deltas a transaction; histograms of so many are in memory. */
    static final int STEP = 1_000;

    /** Held by whoever changes roll-ups, until it commits. */
    static final String LOCK_KEY = "hashtextextended('acey.log.rollup', 0)";

    private static final Logger LOG = Logger.getLogger(Folding.class);

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(" + LOCK_KEY + ")";

    /** The lowest numbers first: nothing is taken out of a roll-up before it was put in. */
    private static final String TAKE =
            "WITH gone AS (DELETE FROM delta WHERE seq IN"
                    + " (SELECT seq FROM delta ORDER BY seq LIMIT "
                    + STEP
                    + ") RETURNING *) SELECT start, series, count(*) AS deltas, "
                    + TallyRows.AGGREGATES
                    + " FROM gone GROUP BY start, series";

    private static final String THERE =
            "SELECT start, series, latency FROM %s"
                    + " JOIN unnest($1::timestamptz[], $2::int[]) AS k(start, series)"
                    + " USING (start, series) WHERE latency IS NOT NULL";

    private static final String ADD =
            "INSERT INTO %1$s AS r (start, series, "
                    + TallyRows.COLUMNS
                    + ") SELECT * FROM unnest($1::timestamptz[], $2::int[], "
                    + TallyRows.ARRAYS
                    + ") ON CONFLICT (start, series) DO UPDATE SET"
                    + " oldest = least(r.oldest, excluded.oldest),"
                    + " newest = greatest(r.newest, excluded.newest),"
                    + " latency = excluded.latency, "
                    + String.join(
                            ", ",
                            TallyRows.NUMBERS.stream()
                                    .map("%1$s = r.%1$s + excluded.%1$s"::formatted)
                                    .toList());

    /** Where every entry was erased, what is left of the sums is rounding. */
    private static final String CLEAR =
            "DELETE FROM %s r USING unnest($1::timestamptz[], $2::int[]) AS k(start, series)"
                    + " WHERE r.start = k.start AND r.series = k.series AND r.entries <= 0";

    private final Pool pool;
    private final Clock clock;
    private final Counter folded;
    private final AtomicBoolean failing = new AtomicBoolean();

    Folding(Pool pool, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.clock = clock;
        this.folded = metrics.counter("acey_log_deltas_folded");
    }

    private record Place(Instant start, int series) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byStart = start.compareTo(other.start);
            return byStart != 0 ? byStart : Integer.compare(series, other.series);
        }
    }

    /** Deltas of one series and start, added up. */
    private record Taken(Place place, long deltas, Tally tally) {}

    @Scheduled(
            every = "1s",
            identity = "fold-deltas",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> regularly() {
        return fold(clock.instant())
                .invoke(() -> failing.set(false))
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull();
    }

    private void report(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warnf(failure, "Deltas wait to be folded; figures stay right, and grow slower");
        }
    }

    /** Folds all that is there, unless another replica is at it. */
    Uni<Void> fold(Instant now) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () ->
                                pool.withTransaction(tx -> step(tx, now))
                                        .invoke(deltas -> folded.increment(deltas)))
                .whilst(deltas -> deltas == STEP)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Long> step(SqlConnection tx, Instant now) {
        return tx.query(TRY_LOCK)
                .execute()
                .chain(
                        locked ->
                                locked.iterator().next().getBoolean(0)
                                        ? take(tx, now)
                                        : Uni.createFrom().item(0L));
    }

    private static Uni<Long> take(SqlConnection tx, Instant now) {
        return tx.preparedQuery(TAKE)
                .execute()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(Folding::taken)
                .call(taken -> addAll(tx, taken, now))
                .map(taken -> taken.stream().mapToLong(Taken::deltas).sum());
    }

    private static List<Taken> taken(RowSet<Row> rows) {
        List<Taken> taken = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Instant start = row.getOffsetDateTime("start").toInstant();
            taken.add(
                    new Taken(
                            new Place(start, row.getInteger("series")),
                            row.getLong("deltas"),
                            TallyRows.of(row)));
        }
        return taken;
    }

    private static Uni<Void> addAll(SqlConnection tx, List<Taken> taken, Instant now) {
        return Multi.createFrom()
                .items(Resolution.values())
                .onItem()
                .transformToUniAndConcatenate(
                        resolution -> add(tx, resolution, grouped(taken, resolution, now)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Map<Place, Tally> grouped(
            List<Taken> taken, Resolution resolution, Instant now) {
        Map<Place, Tally> tallies = new TreeMap<>();
        for (Taken one : taken) {
            Instant start = one.place().start();
            if (resolution.keeps(start, now)) {
                Place place = new Place(resolution.floor(start), one.place().series());
                tallies.computeIfAbsent(place, p -> new Tally()).merge(one.tally());
            }
        }
        return tallies;
    }

    private static Uni<Void> add(
            SqlConnection tx, Resolution resolution, Map<Place, Tally> tallies) {
        if (tallies.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Place> places = List.copyOf(tallies.keySet());
        return tx.preparedQuery(THERE.formatted(resolution.table()))
                .execute(keys(places))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(there -> rows(tallies, places, there))
                .chain(rows -> tx.preparedQuery(ADD.formatted(resolution.table())).execute(rows))
                .chain(
                        () ->
                                tx.preparedQuery(CLEAR.formatted(resolution.table()))
                                        .execute(keys(places)))
                .replaceWithVoid();
    }

    private static Tuple rows(Map<Place, Tally> tallies, List<Place> places, RowSet<Row> there) {
        for (Row row : there) {
            Place place = new Place(row.getOffsetDateTime(0).toInstant(), row.getInteger(1));
            tallies.get(place).addLatencies(row.get(Buffer.class, 2));
        }
        List<Tally> settled = new ArrayList<>(places.size());
        places.forEach(place -> settled.add(tallies.get(place).settled()));
        Tuple rows = keys(places);
        TallyRows.addTo(rows, settled);
        return rows;
    }

    private static Tuple keys(List<Place> places) {
        return Tuple.tuple()
                .addArrayOfOffsetDateTime(
                        places.stream()
                                .map(place -> place.start().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .addArrayOfInteger(places.stream().map(Place::series).toArray(Integer[]::new));
    }
}
