package dev.acey.gateway.delivery;

import dev.acey.gateway.webhook.Secret;
import dev.acey.gateway.webhook.Webhooks;
import dev.acey.kit.event.EventSettings;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Deliveries as workers take them and tell what came of them. Leases go by the database's clock,
 * and only who took a delivery last says how it ended.
 */
@Singleton
class DueDeliveries {

    /** Longer than any attempt, its name's resolution and its result's writing. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int BATCH = 1_000;

    private static final String TAKE =
            """
            WITH due AS MATERIALIZED (
              SELECT next.id FROM webhook w CROSS JOIN LATERAL (
                SELECT d.id, d.due_at FROM delivery d
                WHERE d.webhook_id = w.id AND d.due_at <= now()
                ORDER BY d.due_at LIMIT 1 FOR UPDATE SKIP LOCKED) next
              WHERE w.disabled_at IS NULL AND w.id <> ALL($1::uuid[])
              ORDER BY next.due_at LIMIT $2)
            UPDATE delivery d SET attempts = d.attempts + 1, version = d.version + 1,
              attempted_at = now(), due_at = now() + make_interval(secs => $3)
            FROM due, webhook w WHERE d.id = due.id AND w.id = d.webhook_id
            RETURNING d.id, d.webhook_id, d.event_id, d.body, d.attempts, d.version, w.url, w.secret
            """;

    private static final String END =
            "UPDATE delivery SET state = $3, due_at = NULL, ended_at = now(), status = $4,"
                    + " error = $5, answer = $6 WHERE id = $1 AND version = $2";

    private static final String RETRY =
            "UPDATE delivery SET due_at = now() + make_interval(secs => $3), status = $4,"
                    + " error = $5, answer = $6 WHERE id = $1 AND version = $2";

    private static final String GIVE_UP_ALL =
            "UPDATE delivery SET state = 'dead', due_at = NULL, ended_at = now(),"
                    + " version = version + 1, error = 'the receiver said that it is gone'"
                    + " WHERE webhook_id = $1 AND state = 'pending'";

    private static final String FORGET =
            """
            DELETE FROM delivery WHERE id IN (
              SELECT id FROM delivery WHERE ended_at < now() - make_interval(secs => $1)
              ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            """;

    private final Pool pool;
    private final Webhooks webhooks;
    private final EventSettings keeping;

    DueDeliveries(Pool pool, Webhooks webhooks, EventSettings keeping) {
        this.pool = pool;
        this.webhooks = webhooks;
        this.keeping = keeping;
    }

    /**
     * A delivery as a worker took it.
     *
     * @param attempt counts from 1
     */
    record Taken(
            UUID id,
            UUID webhook,
            String eventId,
            byte[] body,
            int attempt,
            long version,
            URI url,
            Secret secret) {}

    /** Takes what is due longest, one of each webhook but those; no two workers take the same. */
    Uni<List<Taken>> take(int limit, Collection<UUID> butOf) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(butOf.toArray(UUID[]::new), limit, (double) LEASE.toSeconds()))
                .map(
                        rows -> {
                            List<Taken> taken = new ArrayList<>(rows.size());
                            rows.forEach(row -> taken.add(taken(row)));
                            return taken;
                        });
    }

    Uni<Void> delivered(Taken taken, Attempt attempt) {
        return write(pool, END, taken, "delivered", attempt).replaceWithVoid();
    }

    Uni<Void> retry(Taken taken, Attempt attempt, Duration pause) {
        return write(pool, RETRY, taken, pause.toMillis() / 1000.0, attempt).replaceWithVoid();
    }

    Uni<Void> dead(Taken taken, Attempt attempt) {
        return write(pool, END, taken, "dead", attempt).replaceWithVoid();
    }

    /**
     * The receiver is gone: this delivery, all that wait and the webhook itself come to an end. The
     * webhook is locked first, so that no delivery is made behind those that end here.
     */
    Uni<Void> gone(Taken taken, Attempt attempt, Instant now) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery("SELECT FROM webhook WHERE id = $1 FOR UPDATE")
                                .execute(Tuple.of(taken.webhook()))
                                .chain(() -> write(connection, END, taken, "dead", attempt))
                                .chain(
                                        mine ->
                                                mine
                                                        ? disable(connection, taken.webhook(), now)
                                                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> disable(SqlConnection connection, UUID webhook, Instant now) {
        return connection
                .preparedQuery(GIVE_UP_ALL)
                .execute(Tuple.of(webhook))
                .chain(() -> webhooks.disable(connection, webhook, now));
    }

    /** Forgets what ended too long ago, in small transactions. */
    @Scheduled(
            every = "1h",
            delayed = "2m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return Multi.createBy()
                .repeating()
                .uni(
                        () ->
                                pool.preparedQuery(FORGET)
                                        .execute(
                                                Tuple.of(
                                                        (double) keeping.keep().toSeconds(), BATCH))
                                        .map(rows -> rows.rowCount()))
                .whilst(forgotten -> forgotten == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** False where another worker has taken it since. */
    private static Uni<Boolean> write(
            SqlClient client, String sql, Taken taken, Object value, Attempt attempt) {
        return client.preparedQuery(sql)
                .execute(
                        Tuple.of(
                                taken.id(),
                                taken.version(),
                                value,
                                attempt.status(),
                                attempt.error(),
                                attempt.answer()))
                .map(rows -> rows.rowCount() > 0);
    }

    private static Taken taken(Row row) {
        return new Taken(
                row.getUUID("id"),
                row.getUUID("webhook_id"),
                row.getUUID("event_id").toString(),
                row.get(Buffer.class, "body").getBytes(),
                row.getInteger("attempts"),
                row.getLong("version"),
                URI.create(row.getString("url")),
                Secret.ofKey(row.get(Buffer.class, "secret").getBytes()));
    }
}
