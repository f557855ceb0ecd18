package dev.acey.rollout.channel;

import dev.acey.kit.digest.Sha256;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One at a time on a channel, among all replicas: a lock of the database session, so that it ends
 * with the connection of a replica that dies, and outlasts the transactions in between.
 */
@Singleton
class ChannelLock {

    private static final Logger LOG = Logger.getLogger(ChannelLock.class);
    private static final String PATIENCE = "10s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Pool pool;

    ChannelLock(Pool pool) {
        this.pool = pool;
    }

    /**
     * Does the work while it holds the lock, to its end even if nobody waits for it any more. Fails
     * with {@link StateUnavailableException}, nothing done, while the database is away.
     */
    <T> Uni<T> with(String channel, Function<SqlConnection, Uni<T>> work) {
        Uni<T> all =
                pool.getConnection()
                        .onFailure(Dependencies::isDown)
                        .transform(e -> new StateUnavailableException())
                        .flatMap(
                                connection ->
                                        lock(connection, channel)
                                                .chain(
                                                        () ->
                                                                work.apply(connection)
                                                                        .eventually(
                                                                                () ->
                                                                                        unlock(
                                                                                                connection,
                                                                                                channel)))
                                                .eventually(() -> close(connection)));
        return Uni.createFrom()
                .emitter(emitter -> all.subscribe().with(emitter::complete, emitter::fail));
    }

    private static Uni<Void> lock(SqlConnection connection, String channel) {
        return connection
                .query(
                        "SET lock_timeout = '%s'; SELECT pg_advisory_lock(%d); RESET lock_timeout"
                                .formatted(PATIENCE, number(channel)))
                .execute()
                .onFailure(PgException.class)
                .transform(ChannelLock::busy)
                .onFailure(failure -> !isBusy(failure) && Dependencies.isDown(failure))
                .transform(e -> new StateUnavailableException())
                .replaceWithVoid();
    }

    private static Uni<Void> unlock(SqlConnection connection, String channel) {
        return connection
                .query("SELECT pg_advisory_unlock(%d)".formatted(number(channel)))
                .execute()
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("The lock ends with its lost connection: %s", e))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<Void> close(SqlConnection connection) {
        return connection.close().onFailure().recoverWithNull();
    }

    private static Throwable busy(Throwable failure) {
        return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState())
                ? ProblemException.unavailable("The channel is busy.")
                : failure;
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof ProblemException;
    }

    /** Two channels with one number only wait for one another. */
    private static long number(String channel) {
        return ByteBuffer.wrap(Sha256.of("acey.channel." + channel)).getLong();
    }
}
