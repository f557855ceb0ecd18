package dev.acey.gateway.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.gateway.events.EventFilter;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Makes, lists and deletes webhooks; what is made or deleted is on the record. */
@ApplicationScoped
public class Webhooks {

    private static final String ANONYMOUS = "anonymous";

    /** One maker at a time counts, on whichever replica. */
    private static final String COUNT_LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('acey.webhook.' || current_schema(), 0))";

    private final Pool pool;
    private final AuditTrail audit;
    private final Destinations destinations;
    private final WebhookSettings settings;
    private final ObjectMapper json;
    private final SecureRandom random = new SecureRandom();

    Webhooks(
            Pool pool,
            AuditTrail audit,
            Destinations destinations,
            WebhookSettings settings,
            ObjectMapper json) {
        this.pool = pool;
        this.audit = audit;
        this.destinations = destinations;
        this.settings = settings;
        this.json = json;
    }

    /**
     * 400 for a wrong command, 422 for a url that may not be called, 409 when there are as many as
     * there can be.
     */
    Uni<Webhook.Created> create(WebhookCommand command, Instant now) {
        URI target = command.target();
        EventFilter filter = command.filter();
        Secret secret =
                command.secret() == null ? Secret.random(random) : Secret.of(command.secret());
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return destinations
                .of(target.getHost())
                .onFailure(Destinations.NotPublicException.class)
                .transform(f -> ProblemException.refused("/url", f.getMessage()))
                .replaceWithVoid()
                // A name that nobody knows yet may be known when there is something to deliver.
                .onFailure(java.net.UnknownHostException.class)
                .recoverWithNull()
                .chain(
                        () ->
                                pool.withTransaction(
                                        c ->
                                                insert(c, id, command.url(), filter, secret, now)
                                                        .chain(
                                                                () ->
                                                                        record(
                                                                                c,
                                                                                "webhook.create",
                                                                                id,
                                                                                command.url(),
                                                                                filter.patterns(),
                                                                                now))))
                .replaceWith(
                        () ->
                                new Webhook.Created(
                                        id, command.url(), filter.patterns(), secret.text(), now));
    }

    /** Newest first. */
    Uni<List<Webhook>> list(int limit, UUID before) {
        return pool.preparedQuery(
                        "SELECT id, url, events, created_at, disabled_at FROM webhook"
                                + " WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2")
                .execute(Tuple.of(before, limit))
                .map(
                        rows -> {
                            List<Webhook> page = new ArrayList<>(rows.size());
                            rows.forEach(row -> page.add(webhook(row)));
                            return page;
                        });
    }

    /** Its deliveries go with it; 404 if there is none. */
    Uni<Void> delete(UUID id, Instant now) {
        return pool.withTransaction(
                c ->
                        c.preparedQuery("DELETE FROM webhook WHERE id = $1 RETURNING url, events")
                                .execute(Tuple.of(id))
                                .chain(
                                        rows -> {
                                            if (rows.size() == 0) {
                                                throw unknown(id);
                                            }
                                            Row row = rows.iterator().next();
                                            return record(
                                                    c,
                                                    "webhook.delete",
                                                    id,
                                                    row.getString("url"),
                                                    List.of(row.getArrayOfStrings("events")),
                                                    now);
                                        }));
    }

    /**
     * Calls a webhook no more, because its receiver said that it is gone.
     *
     * @param connection in a transaction
     */
    public Uni<Void> disable(SqlConnection connection, UUID id, Instant now) {
        return connection
                .preparedQuery(
                        "UPDATE webhook SET disabled_at = $2"
                                + " WHERE id = $1 AND disabled_at IS NULL RETURNING url, events")
                .execute(Tuple.of(id, at(now)))
                .chain(
                        rows -> {
                            if (rows.size() == 0) {
                                return Uni.createFrom().voidItem();
                            }
                            Row row = rows.iterator().next();
                            return record(
                                    connection,
                                    "webhook.disable",
                                    id,
                                    row.getString("url"),
                                    List.of(row.getArrayOfStrings("events")),
                                    now);
                        });
    }

    /** 404 if there is none. */
    public Uni<Webhook> find(UUID id) {
        return pool.preparedQuery(
                        "SELECT id, url, events, created_at, disabled_at FROM webhook WHERE id = $1")
                .execute(Tuple.of(id))
                .map(
                        rows -> {
                            if (rows.size() == 0) {
                                throw unknown(id);
                            }
                            return webhook(rows.iterator().next());
                        });
    }

    private Uni<Void> insert(
            SqlConnection connection,
            UUID id,
            String url,
            EventFilter filter,
            Secret secret,
            Instant now) {
        return connection
                .query(COUNT_LOCK)
                .execute()
                .chain(
                        () ->
                                connection
                                        .preparedQuery(
                                                "INSERT INTO webhook (id, url, events, secret,"
                                                        + " created_at) SELECT $1, $2, $3, $4, $5 WHERE"
                                                        + " (SELECT count(*) FROM webhook) < $6")
                                        .execute(
                                                Tuple.from(
                                                        List.of(
                                                                id,
                                                                url,
                                                                filter.patterns()
                                                                        .toArray(String[]::new),
                                                                Buffer.buffer(secret.key()),
                                                                at(now),
                                                                (long) settings.max()))))
                .invoke(
                        inserted -> {
                            if (inserted.rowCount() == 0) {
                                throw ProblemException.conflict(
                                        "There are "
                                                + settings.max()
                                                + " webhooks already; delete one first.");
                            }
                        })
                .replaceWithVoid();
    }

    /** The host alone: paths and queries of receivers may be secrets. */
    private Uni<Void> record(
            SqlConnection connection,
            String action,
            UUID id,
            String url,
            List<String> events,
            Instant now) {
        ObjectNode detail = json.createObjectNode();
        detail.put("host", URI.create(url).getHost().toLowerCase(Locale.ROOT));
        detail.set("events", json.valueToTree(events));
        return audit.append(
                connection, new AuditEvent(ANONYMOUS, action, "webhook:" + id, detail, now));
    }

    private static Webhook webhook(Row row) {
        OffsetDateTime disabled = row.getOffsetDateTime("disabled_at");
        return new Webhook(
                row.getUUID("id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("events")),
                row.getOffsetDateTime("created_at").toInstant(),
                disabled == null ? null : disabled.toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static ProblemException unknown(UUID id) {
        return ProblemException.notFound("There is no webhook " + id + ".");
    }
}
