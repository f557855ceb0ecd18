package dev.acey.rollout.review;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** The tables {@code late_delivery} and {@code feed_position}. */
@Singleton
class LateDeliveryStore {

    private static final String MOVE =
            "UPDATE feed_position SET position = $2 WHERE feed = 'decisions' AND position < $2"
                    + " AND position = $1";

    private final Pool pool;

    LateDeliveryStore(Pool pool) {
        this.pool = pool;
    }

    /** Somebody else read the feed meanwhile: nothing of this attempt remains. */
    static final class OvertakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("another replica read the feed meanwhile", null, false, false);
        }
    }

    Uni<Long> position() {
        return pool.query("SELECT position FROM feed_position WHERE feed = 'decisions'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** For decisions that change nothing. */
    Uni<Void> move(long from, long to) {
        return pool.withConnection(connection -> move(connection, from, to));
    }

    /** Within the transaction of the change, so that a decision counts once. */
    Uni<Void> move(SqlConnection connection, long from, long to) {
        return connection
                .preparedQuery(MOVE)
                .execute(Tuple.of(from, to))
                .invoke(
                        done -> {
                            if (done.rowCount() != 1) {
                                throw new OvertakenException();
                            }
                        })
                .replaceWithVoid();
    }

    /** Remembers that the entry was delivered late; false if it was already. */
    Uni<Boolean> remember(SqlConnection connection, UUID entry, Instant at) {
        return connection
                .preparedQuery(
                        "INSERT INTO late_delivery (entry_id, delivered_at) VALUES ($1, $2)"
                                + " ON CONFLICT DO NOTHING")
                .execute(Tuple.of(entry, at.atOffset(ZoneOffset.UTC)))
                .map(done -> done.rowCount() == 1);
    }
}
