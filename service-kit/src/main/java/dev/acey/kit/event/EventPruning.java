package dev.acey.kit.event;

import dev.acey.kit.problem.Dependencies;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Forgets events that are too old, in small transactions; replicas pass one another by. */
@Singleton
class EventPruning {

    private static final Logger LOG = Logger.getLogger(EventPruning.class);
    private static final int BATCH = 1_000;

    private static final String FORGET =
            """
            DELETE FROM event WHERE id IN (
              SELECT id FROM event WHERE stored_at < now() - make_interval(secs => $1)
              ORDER BY stored_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            """;

    private final Pool pool;
    private final EventSettings settings;

    EventPruning(Pool pool, EventSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    @Scheduled(
            every = "1h",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return forgetAll()
                .onFailure(Dependencies::isDown)
                .invoke(down -> LOG.infof("old events are forgotten later: %s", down))
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }

    Uni<Void> forgetAll() {
        return Multi.createBy()
                .repeating()
                .uni(this::forgetSome)
                .whilst(forgotten -> forgotten == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> forgetSome() {
        double seconds = settings.keep().toSeconds();
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(seconds, BATCH))
                .map(rows -> rows.rowCount());
    }
}
