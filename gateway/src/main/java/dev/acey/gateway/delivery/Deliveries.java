package dev.acey.gateway.delivery;

import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Deliveries as people see them: what became of each, and sending one again. */
@ApplicationScoped
class Deliveries {

    private static final String COLUMNS =
            "id, event_id, type, state, attempts, status, error, answer, created_at, attempted_at,"
                    + " due_at, ended_at";

    private static final String AGAIN =
            "UPDATE delivery SET state = 'pending', attempts = 0, due_at = now(), ended_at = NULL,"
                    + " version = version + 1"
                    + " WHERE id = $1 AND webhook_id = $2 AND state <> 'pending' RETURNING "
                    + COLUMNS;

    private final Pool pool;

    Deliveries(Pool pool) {
        this.pool = pool;
    }

    /** Newest first. */
    Uni<List<Delivery>> list(UUID webhook, int limit, UUID before) {
        return pool.preparedQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM delivery WHERE webhook_id = $1"
                                + " AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3")
                .execute(Tuple.of(webhook, before, limit))
                .map(
                        rows -> {
                            List<Delivery> page = new ArrayList<>(rows.size());
                            rows.forEach(row -> page.add(delivery(row)));
                            return page;
                        });
    }

    /** Makes a delivery that has ended pending again; 409 for one that has not, 404 for none. */
    Uni<Delivery> again(UUID webhook, UUID id) {
        return pool.preparedQuery(AGAIN)
                .execute(Tuple.of(id, webhook))
                .chain(
                        rows ->
                                rows.size() == 0
                                        ? notAgain(webhook, id)
                                        : Uni.createFrom().item(delivery(rows.iterator().next())));
    }

    private Uni<Delivery> notAgain(UUID webhook, UUID id) {
        return pool.preparedQuery("SELECT FROM delivery WHERE id = $1 AND webhook_id = $2")
                .execute(Tuple.of(id, webhook))
                .map(
                        rows -> {
                            throw rows.size() == 0
                                    ? ProblemException.notFound("There is no delivery " + id + ".")
                                    : ProblemException.conflict(
                                            "This delivery is under way already.");
                        });
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getString("type"),
                Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInteger("attempts"),
                row.getInteger("status"),
                row.getString("error"),
                row.getString("answer"),
                instant(row, "created_at"),
                instant(row, "attempted_at"),
                instant(row, "due_at"),
                instant(row, "ended_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
