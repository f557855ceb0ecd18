package dev.acey.log.retention;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.log.archive.ArchiveSettings;
import dev.acey.log.store.Days;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The policy that holds: what was set last, else what is configured. Every replica knows a change
 * within seconds; that nothing comes back which was dropped, the database itself sees to.
 */
@ApplicationScoped
public class Retention {

    private static final String COLUMNS = "log_days, payload_days, archive_days, dropped_before";
    private static final String ANONYMOUS = "anonymous";

    private final Pool pool;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final RetentionSettings settings;
    private final ArchiveSettings archive;
    private volatile RetentionPolicy latest;

    Retention(
            Pool pool,
            AuditTrail audit,
            ObjectMapper json,
            RetentionSettings settings,
            ArchiveSettings archive) {
        this.pool = pool;
        this.audit = audit;
        this.json = json;
        this.settings = settings;
        this.archive = archive;
        this.latest = policy(null, null, null, LocalDate.EPOCH);
    }

    /** As this replica knows it, some seconds old at most. */
    public RetentionPolicy policy() {
        return latest;
    }

    /** As it stands now. */
    public Uni<RetentionPolicy> read() {
        return read(pool, "").invoke(now -> latest = now);
    }

    /** Changes it, durably and with an audit record, and answers what holds then. */
    Uni<RetentionPolicy> change(RetentionCommand command, Instant now) {
        return pool.withTransaction(
                        connection ->
                                read(connection, " FOR UPDATE")
                                        .chain(before -> change(connection, before, command, now)))
                .invoke(after -> latest = after);
    }

    /**
     * Fixes, once and for all, which days are over.
     *
     * @return the policy with that day in it
     */
    Uni<RetentionPolicy> advance(Instant now) {
        return pool.preparedQuery(
                        "UPDATE retention SET dropped_before = greatest(dropped_before,"
                                + " $1::date - coalesce(log_days, $2::int)) RETURNING "
                                + COLUMNS)
                .execute(Tuple.of(Days.of(now), settings.days()))
                .map(this::policy)
                .invoke(after -> latest = after);
    }

    @Scheduled(every = "5s", identity = "retention-policy")
    Uni<Void> follow() {
        return read().replaceWithVoid();
    }

    private Uni<RetentionPolicy> change(
            SqlConnection connection,
            RetentionPolicy before,
            RetentionCommand command,
            Instant now) {
        return connection
                .preparedQuery(
                        "UPDATE retention SET log_days = coalesce($1::int, log_days),"
                                + " payload_days = coalesce($2::int, payload_days),"
                                + " archive_days = coalesce($3::int, archive_days) RETURNING "
                                + COLUMNS)
                .execute(
                        Tuple.of(
                                command.logRetentionDays(),
                                command.payloadRetentionDays(),
                                command.archiveRetentionDays()))
                .map(this::policy)
                .call(after -> record(connection, command, before, after, now));
    }

    private Uni<Void> record(
            SqlConnection connection,
            RetentionCommand command,
            RetentionPolicy before,
            RetentionPolicy after,
            Instant now) {
        if (before.equals(after)) {
            return Uni.createFrom().voidItem();
        }
        ObjectNode detail = json.createObjectNode();
        detail.set("from", json.valueToTree(before));
        detail.set("to", json.valueToTree(after));
        String actor = command.actor() == null ? ANONYMOUS : command.actor();
        return audit.append(
                connection, new AuditEvent(actor, "log.retention", "logs", detail, now));
    }

    private Uni<RetentionPolicy> read(SqlClient client, String lock) {
        return client.preparedQuery("SELECT " + COLUMNS + " FROM retention" + lock)
                .execute()
                .map(this::policy);
    }

    private RetentionPolicy policy(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return policy(
                row.getInteger("log_days"),
                row.getInteger("payload_days"),
                row.getInteger("archive_days"),
                row.getLocalDate("dropped_before"));
    }

    private RetentionPolicy policy(
            Integer logDays, Integer payloadDays, Integer archiveDays, LocalDate droppedBefore) {
        int days = logDays == null ? settings.days() : logDays;
        return new RetentionPolicy(
                days,
                payloadDays == null ? settings.payloadDays().orElse(days) : payloadDays,
                archiveDays == null ? archive.retentionDays() : archiveDays,
                droppedBefore);
    }
}
