package dev.acey.gateway.events;

import dev.acey.kit.event.FeedPosition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** How far each feed has been followed; the truth for all replicas. */
@ApplicationScoped
public class Followed {

    private final Pool pool;

    Followed(Pool pool) {
        this.pool = pool;
    }

    /** Where to go on from. */
    public Uni<FeedPosition> position(String feed) {
        return pool.preparedQuery("SELECT position FROM followed WHERE feed = $1")
                .execute(Tuple.of(feed))
                .map(rows -> FeedPosition.of(rows.iterator().next().getString(0)));
    }

    /**
     * Moves a position and does what follows from the events in between, both in one transaction,
     * or neither: does nothing where another replica has moved it already.
     */
    public Uni<Void> move(
            String feed,
            FeedPosition from,
            FeedPosition to,
            Function<SqlConnection, Uni<Void>> consequence) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(
                                        "UPDATE followed SET position = $3"
                                                + " WHERE feed = $1 AND position = $2")
                                .execute(Tuple.of(feed, from.toString(), to.toString()))
                                .chain(
                                        moved ->
                                                moved.rowCount() == 0
                                                        ? Uni.createFrom().voidItem()
                                                        : consequence.apply(connection)));
    }
}
