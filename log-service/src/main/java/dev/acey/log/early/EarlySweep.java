package dev.acey.log.early;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.Dependencies;
import dev.acey.log.store.Days;
import dev.acey.log.store.TimeRange;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Applies what waits once its entry is there. It looks at all that waits each second: an entry and
 * what is said about it may be committed at the same moment, neither seeing the other, so that only
 * whoever looks afterwards sees both. Replicas pass over entries that another one holds.
 */
@Singleton
class EarlySweep {

    private static final Logger LOG = Logger.getLogger(EarlySweep.class);

    private static final int ENTRIES_A_SWEEP = 500;

    private final Pool pool;
    private final Early early;
    private final EarlyKind[] kinds;
    private final Clock clock;

    EarlySweep(Pool pool, Early early, @All List<EarlyKind> kinds, Clock clock) {
        this.pool = pool;
        this.early = early;
        this.kinds = kinds.toArray(EarlyKind[]::new);
        this.clock = clock;
    }

    @Scheduled(every = "1s", identity = "early", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return pool.query("SELECT DISTINCT day FROM early")
                .execute()
                .chain(
                        rows -> {
                            List<String> days = new ArrayList<>();
                            rows.forEach(row -> days.add(Days.literal(row.getLocalDate(0))));
                            return days.isEmpty()
                                    ? Uni.createFrom().voidItem()
                                    : forget().chain(() -> applyAll(String.join(", ", days)));
                        })
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }

    private Uni<Void> forget() {
        return pool.preparedQuery("DELETE FROM early WHERE at < $1")
                .execute(Tuple.of(TimeRange.asArgument(clock.instant().minus(Early.PATIENCE))))
                .invoke(gone -> early.count("dropped", gone.rowCount()))
                .replaceWithVoid();
    }

    private Uni<Void> applyAll(String days) {
        String arrived =
                """
                SELECT DISTINCT entry.id FROM early
                JOIN entry ON entry.day = early.day AND entry.id = early.id
                WHERE entry.day IN (%s) LIMIT %d
                """;
        return pool.query(arrived.formatted(days, ENTRIES_A_SWEEP))
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> apply(row.getUUID(0)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** What cannot be applied holds up nothing else; it is tried again until it is forgotten. */
    private Uni<Boolean> apply(UUID id) {
        return pool.withTransaction(connection -> applyTo(connection, id))
                .replaceWith(true)
                .onFailure(failure -> !Dependencies.isDown(failure))
                .recoverWithItem(
                        failure -> {
                            early.count("failed", 1);
                            LOG.errorf(failure, "What waited for entry %s cannot be applied", id);
                            return false;
                        });
    }

    private Uni<Void> applyTo(SqlConnection connection, UUID id) {
        String day = Days.literal(Days.of(LogEntryReader.timeOf(id)));
        return connection
                .preparedQuery(
                        "SELECT 1 FROM entry WHERE id = $1 AND day = %s AND NOT erased FOR UPDATE SKIP LOCKED"
                                .formatted(day))
                .execute(Tuple.of(id))
                .chain(
                        held ->
                                held.size() == 0
                                        ? Uni.createFrom().voidItem()
                                        : early.applyWaiting(connection, id, kinds));
    }
}
