package dev.acey.kit.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Appends to this service's outbox. An event lives and dies with the caller's transaction, so that
 * it is told if and only if the change it tells of was made. Appending an event again changes
 * nothing.
 */
@ApplicationScoped
public class Events {

    /** Appends within the session's transaction, which the caller has begun. */
    public Uni<Void> append(Mutiny.Session session, Event event) {
        return session.createNativeQuery(
                        "SELECT event_append(CAST(:id AS uuid), :type, :subject, :data, :at)",
                        Long.class)
                .setParameter("id", event.id().toString())
                .setParameter("type", event.type())
                .setParameter("subject", event.subject())
                .setParameter("data", EventJson.write(event))
                .setParameter("at", event.at().toEpochMilli())
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Appends within the connection's transaction, which the caller has begun. */
    public Uni<Void> append(SqlConnection connection, Event event) {
        return connection
                .preparedQuery("SELECT event_append($1, $2, $3, $4, $5)")
                .execute(
                        Tuple.of(
                                event.id(),
                                event.type(),
                                event.subject(),
                                EventJson.write(event),
                                event.at().toEpochMilli()))
                .replaceWithVoid();
    }
}
