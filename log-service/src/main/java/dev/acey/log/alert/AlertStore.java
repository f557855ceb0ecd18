package dev.acey.log.alert;

import dev.acey.kit.page.Position;
import dev.acey.log.store.Where;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Alerts in the database. */
@ApplicationScoped
public class AlertStore {

    /** How long a resolved alert is kept. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String COLUMNS =
            "id, rule, task_type, variant, state, value, threshold, since, looks, unseen_since,"
                    + " resolved_at, reason";

    private static final String WRITE =
            "INSERT INTO alert ("
                    + COLUMNS
                    + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
                    + " ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
                    + " value = excluded.value, threshold = excluded.threshold,"
                    + " since = excluded.since, looks = excluded.looks,"
                    + " unseen_since = excluded.unseen_since,"
                    + " resolved_at = excluded.resolved_at, reason = excluded.reason";

    private final Pool pool;

    AlertStore(Pool pool) {
        this.pool = pool;
    }

    /** Alerts that fire, and of each subject the last one if it was resolved after this. */
    public Uni<List<Alert>> firingOrResolvedSince(Instant since) {
        return pool.preparedQuery(
                        "SELECT DISTINCT ON (rule, task_type, variant) "
                                + COLUMNS
                                + " FROM alert WHERE state = 'firing'"
                                + " OR (state = 'resolved' AND resolved_at > $1)"
                                + " ORDER BY rule, task_type, variant, since DESC, id DESC")
                .execute(Tuple.of(at(since)))
                .map(AlertStore::alerts);
    }

    /**
     * Alerts that fired, newest first.
     *
     * @param state null for firing and resolved
     * @param taskType null for all
     * @param after where the page before ended; null to begin
     */
    Uni<List<Alert>> page(Alert.State state, String taskType, Position after, int limit) {
        Where where = new Where();
        where.and(state == null ? "state <> 'pending'" : "state = " + where.argument(text(state)));
        if (taskType != null) {
            where.and("task_type = " + where.argument(taskType));
        }
        if (after != null) {
            where.and(
                    "(since, id) < (%s, %s)"
                            .formatted(
                                    where.argument(at(after.createdAt())),
                                    where.argument(UUID.fromString(after.key()))));
        }
        return pool.preparedQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM alert WHERE "
                                + where.sql()
                                + " ORDER BY since DESC, id DESC LIMIT "
                                + limit)
                .execute(where.arguments())
                .map(AlertStore::alerts);
    }

    /** Those that are pending or firing. */
    static Uni<List<Alert>> open(SqlConnection tx) {
        return tx.query("SELECT " + COLUMNS + " FROM alert WHERE state <> 'resolved'")
                .execute()
                .map(AlertStore::alerts);
    }

    /** Writes what a look changed, and drops what is too old to be of interest. */
    static Uni<Void> write(SqlConnection tx, Evaluation evaluation, Instant now) {
        Uni<?> written =
                evaluation.written().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tx.preparedQuery(WRITE)
                                .executeBatch(
                                        evaluation.written().stream()
                                                .map(AlertStore::row)
                                                .toList());
        return written.chain(
                        () ->
                                tx.preparedQuery(
                                                "DELETE FROM alert WHERE id = ANY ($1)"
                                                        + " OR resolved_at < $2")
                                        .execute(
                                                Tuple.of(
                                                        evaluation.forgotten().toArray(UUID[]::new),
                                                        at(now.minus(KEPT)))))
                .replaceWithVoid();
    }

    private static Tuple row(Alert alert) {
        return Tuple.tuple()
                .addUUID(alert.id())
                .addString(alert.subject().rule().json())
                .addString(alert.subject().taskType())
                .addString(alert.subject().variant())
                .addString(text(alert.state()))
                .addDouble(alert.value())
                .addDouble(alert.threshold())
                .addOffsetDateTime(at(alert.since()))
                .addInteger(alert.looks())
                .addOffsetDateTime(at(alert.unseenSince()))
                .addOffsetDateTime(at(alert.resolvedAt()))
                .addString(alert.reason() == null ? null : alert.reason().name());
    }

    private static List<Alert> alerts(RowSet<Row> rows) {
        List<Alert> alerts = new ArrayList<>(rows.size());
        rows.forEach(row -> alerts.add(alert(row)));
        return alerts;
    }

    private static Alert alert(Row row) {
        String reason = row.getString("reason");
        return new Alert(
                row.getUUID("id"),
                new Subject(
                        Rule.of(row.getString("rule")),
                        row.getString("task_type"),
                        row.getString("variant")),
                Alert.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getDouble("value"),
                row.getDouble("threshold"),
                instant(row.getOffsetDateTime("since")),
                row.getInteger("looks"),
                instant(row.getOffsetDateTime("unseen_since")),
                instant(row.getOffsetDateTime("resolved_at")),
                reason == null ? null : Alert.Reason.valueOf(reason));
    }

    private static String text(Alert.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
