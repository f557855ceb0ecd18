package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.version.VersionUses;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code training}: what others have to say to a training that runs. */
@Singleton
class Trainings {

    private static final String SAID =
            "SELECT job_id, cancel_requested, stale_since FROM training WHERE job_id = ANY ($1)";

    private static final String CANCEL =
            "INSERT INTO training (job_id, cancel_requested) VALUES ($1, true)"
                    + " ON CONFLICT (job_id) DO UPDATE SET cancel_requested = true"
                    + " WHERE NOT training.cancel_requested";

    private static final String STALE =
            "INSERT INTO training (job_id, stale_since) VALUES ($1, $2)"
                    + " ON CONFLICT (job_id) DO UPDATE"
                    + " SET stale_since = coalesce(training.stale_since, excluded.stale_since)"
                    + " RETURNING stale_since";

    private static final String ANYBODY = "anonymous";

    private final Pool pool;
    private final VersionUses uses;
    private final AuditTrail audit;
    private final Clock clock;

    Trainings(Pool pool, VersionUses uses, AuditTrail audit, Clock clock) {
        this.pool = pool;
        this.uses = uses;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What was said.
     *
     * @param cancel whether somebody wants its end
     * @param staleSince since when its dataset is known to have held calls of somebody erased
     */
    record Said(boolean cancel, Instant staleSince) {

        static final Said NOTHING = new Said(false, null);
    }

    /** Takes the version into use, once and audited; what was said so far is the answer. */
    Uni<Said> begin(UUID job, TrainingOrder order) {
        return pool.withTransaction(
                        connection ->
                                uses.begin(connection, order.dataset().id(), job)
                                        .call(
                                                first ->
                                                        first
                                                                ? record(
                                                                        connection,
                                                                        "finetune.start",
                                                                        job,
                                                                        detail(order))
                                                                : Uni.createFrom().voidItem()))
                .chain(() -> said(List.of(job)))
                .map(said -> said.getOrDefault(job, Said.NOTHING));
    }

    /** What was said to each; nothing for those in whose place is none. */
    Uni<Map<UUID, Said>> said(Collection<UUID> jobs) {
        return pool.preparedQuery(SAID)
                .execute(Tuple.of(jobs.toArray(UUID[]::new)))
                .map(
                        rows -> {
                            Map<UUID, Said> said = new HashMap<>();
                            rows.forEach(row -> said.put(row.getUUID("job_id"), said(row)));
                            return said;
                        });
    }

    /** Asks for its end; audited the first time. */
    Uni<Void> cancel(UUID job) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(CANCEL)
                                .execute(Tuple.of(job))
                                .chain(
                                        done ->
                                                done.rowCount() == 0
                                                        ? Uni.createFrom().voidItem()
                                                        : record(
                                                                connection,
                                                                "finetune.cancel",
                                                                job,
                                                                JsonNodeFactory.instance
                                                                        .objectNode())));
    }

    /** Says that its dataset held calls of somebody who was erased; since when, for good. */
    Uni<Instant> stale(UUID job) {
        return pool.preparedQuery(STALE)
                .execute(Tuple.of(job, clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0).toInstant());
    }

    private Uni<Void> record(SqlConnection connection, String action, UUID job, ObjectNode detail) {
        return audit.append(
                connection,
                new AuditEvent(ANYBODY, action, "training:" + job, detail, clock.instant()));
    }

    private static ObjectNode detail(TrainingOrder order) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("provider", order.provider())
                .put("baseModel", order.request().baseModel())
                .put("dataset", order.dataset().filename())
                .put("version", order.dataset().version())
                .put("sha256", order.dataset().sha256());
    }

    private static Said said(Row row) {
        OffsetDateTime since = row.getOffsetDateTime("stale_since");
        return new Said(
                row.getBoolean("cancel_requested"), since == null ? null : since.toInstant());
    }
}
