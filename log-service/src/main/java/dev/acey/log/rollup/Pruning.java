package dev.acey.log.rollup;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Deletes roll-ups finer than anybody reads for their time, in steps, and series that nothing is
 * counted under any more. Harmless with several replicas.
 */
@ApplicationScoped
class Pruning {

    private static final int STEP = 5_000;

    private static final String OLD =
            "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE start < $1 LIMIT "
                    + STEP
                    + "))";

    /** A number that a replica still has in its memory was seen later than this. */
    private static final String UNUSED =
            """
            DELETE FROM series WHERE seen_at < $1 AND id NOT IN (
              SELECT series FROM rollup_day UNION SELECT series FROM delta)
            """;

    private final Pool pool;
    private final Clock clock;

    Pruning(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(
            every = "10m",
            delayed = "1m",
            identity = "prune-rollups",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> regularly() {
        return prune(clock.instant());
    }

    Uni<Void> prune(Instant now) {
        return Multi.createFrom()
                .items(Resolution.values())
                .filter(resolution -> resolution.keptSince(now).isPresent())
                .onItem()
                .transformToUniAndConcatenate(resolution -> prune(resolution, now))
                .collect()
                .last()
                .chain(() -> pruneSeries(now));
    }

    private Uni<Integer> prune(Resolution resolution, Instant now) {
        Tuple since = Tuple.of(resolution.keptSince(now).orElseThrow().atOffset(ZoneOffset.UTC));
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery(OLD.formatted(resolution.table())).execute(since))
                .whilst(deleted -> deleted.rowCount() == STEP)
                .collect()
                .last()
                .map(deleted -> deleted.rowCount());
    }

    private Uni<Void> pruneSeries(Instant now) {
        Tuple unseen =
                Tuple.of(now.minus(Series.REMEMBERED.multipliedBy(2)).atOffset(ZoneOffset.UTC));
        return pool.withTransaction(
                tx ->
                        tx.query(Series.LOCK)
                                .execute()
                                .chain(() -> tx.preparedQuery(UNUSED).execute(unseen))
                                .replaceWithVoid());
    }
}
