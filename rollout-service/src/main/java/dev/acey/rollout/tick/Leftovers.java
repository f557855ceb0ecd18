package dev.acey.rollout.tick;

import dev.acey.kit.problem.Dependencies;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Forgets what only the watch of a rollout needed, once it has ended, in small transactions. */
@Singleton
class Leftovers {

    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final int BATCH = 5_000;

    private static final String FORGET =
            """
            DELETE FROM %1$s WHERE ctid IN (
              SELECT l.ctid FROM %1$s l JOIN rollout r ON r.id = l.rollout_id
              WHERE r.ended_at IS NOT NULL LIMIT $1 FOR UPDATE OF l SKIP LOCKED)
            """;

    private final Pool pool;

    Leftovers(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(
            every = "1m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return forgetAll("rollout_observation")
                .chain(() -> forgetAll("rollout_key"))
                .onFailure(Dependencies::isDown)
                .invoke(down -> LOG.debugf("Leftovers are forgotten later: %s", down))
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }

    private Uni<Void> forgetAll(String table) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () ->
                                pool.preparedQuery(FORGET.formatted(table))
                                        .execute(Tuple.of(BATCH))
                                        .map(done -> done.rowCount()))
                .whilst(forgotten -> forgotten == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
