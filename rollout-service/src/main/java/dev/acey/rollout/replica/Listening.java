package dev.acey.rollout.replica;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Holds one connection that the database notifies of changes, and gets another when it is lost. */
@ApplicationScoped
class Listening {

    private static final Logger LOG = Logger.getLogger(Listening.class);
    private static final String CHANNEL = "acey_rollout";
    private static final long RETRY_MILLIS = 500;

    private final Pool pool;
    private final Revisions revisions;
    private final Vertx vertx;
    private volatile boolean stopped;

    Listening(Pool pool, Revisions revisions, Vertx vertx) {
        this.pool = pool;
        this.revisions = revisions;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent start) {
        connect();
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        AtomicBoolean lost = new AtomicBoolean();
        pool.getConnection()
                .map(PgConnection::cast)
                .flatMap(connection -> listen(connection, lost))
                .subscribe()
                .with(
                        listening -> look(),
                        failure -> {
                            LOG.debugf("No connection to listen on: %s", failure);
                            connectLater(lost);
                        });
    }

    private Uni<Void> listen(PgConnection connection, AtomicBoolean lost) {
        return connection
                .notificationHandler(notification -> look())
                .closeHandler(() -> connectLater(lost))
                .query("LISTEN " + CHANNEL)
                .execute()
                .onFailure()
                .call(connection::close)
                .replaceWithVoid();
    }

    /** Once for each connection, whichever way its loss is told. */
    private void connectLater(AtomicBoolean lost) {
        if (!stopped && lost.compareAndSet(false, true)) {
            vertx.setTimer(RETRY_MILLIS, timer -> connect());
        }
    }

    private void look() {
        revisions.look().subscribe().with(done -> {}, f -> LOG.error("A look failed", f));
    }
}
