package dev.acey.kit.event;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Says that events were committed, on whichever replica, so that who waits need not wait for the
 * next look. Nothing depends on a signal arriving.
 */
@Singleton
class EventSignals {

    private static final Logger LOG = Logger.getLogger(EventSignals.class);
    private static final long RETRY_MILLIS = 500;

    /** An event is read when those that began before its transaction have ended as well. */
    private static final long SECOND_LOOK_MILLIS = 100;

    private final Pool pool;
    private final Vertx vertx;
    private final String channel;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    EventSignals(Pool pool, Vertx vertx, @ConfigProperty(name = "acey.schema") String schema) {
        this.pool = pool;
        this.vertx = vertx;
        this.channel = "acey_event_" + schema;
    }

    /** An item at each commit, of which a slow consumer sees only the latest. */
    Multi<Long> commits() {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Runnable listener = () -> emitter.emit(0L);
                            listeners.add(listener);
                            emitter.onTermination(() -> listeners.remove(listener));
                        },
                        BackPressureStrategy.LATEST);
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
                        listening -> tell(),
                        failure -> {
                            LOG.debugf("no connection to listen on: %s", failure);
                            connectLater(lost);
                        });
    }

    private Uni<Void> listen(PgConnection connection, AtomicBoolean lost) {
        return connection
                .notificationHandler(notification -> committed())
                .exceptionHandler(failure -> LOG.debugf("listening broke off: %s", failure))
                .closeHandler(() -> connectLater(lost))
                .query("LISTEN \"" + channel + "\"")
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

    private void committed() {
        tell();
        vertx.setTimer(SECOND_LOOK_MILLIS, timer -> tell());
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
