package dev.acey.log.threshold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The thresholds that hold, the same for every replica. */
@ApplicationScoped
public class ThresholdStore {

    private static final String ANONYMOUS = "anonymous";

    private static final String READ =
            "SELECT error_rate, response_time, confidence_drop, rejection_rate, minimum_sample,"
                    + " window_seconds FROM alert_threshold";

    private static final String WRITE =
            "UPDATE alert_threshold SET error_rate = $1, response_time = $2, confidence_drop = $3,"
                    + " rejection_rate = $4, minimum_sample = $5, window_seconds = $6";

    private final Pool pool;
    private final AuditTrail audit;
    private final ObjectMapper json;

    ThresholdStore(Pool pool, AuditTrail audit, ObjectMapper json) {
        this.pool = pool;
        this.audit = audit;
        this.json = json;
    }

    public Uni<Thresholds> read() {
        return pool.query(READ).execute().map(rows -> thresholds(rows.iterator().next()));
    }

    /** Completes with what holds now, once the change and its audit record are durable. */
    Uni<Thresholds> change(ThresholdsCommand command, Instant now) {
        return pool.withTransaction(
                tx ->
                        tx.query(READ + " FOR UPDATE")
                                .execute()
                                .map(rows -> thresholds(rows.iterator().next()))
                                .chain(before -> write(tx, before, command.over(before), now)));
    }

    private Uni<Thresholds> write(
            SqlConnection tx, Thresholds before, Thresholds after, Instant now) {
        if (after.equals(before)) {
            return Uni.createFrom().item(before);
        }
        ObjectNode detail = json.createObjectNode();
        detail.set("from", json.valueToTree(before));
        detail.set("to", json.valueToTree(after));
        return tx.preparedQuery(WRITE)
                .execute(
                        Tuple.tuple()
                                .addDouble(after.errorRate())
                                .addDouble(after.responseTime())
                                .addDouble(after.confidenceDrop())
                                .addDouble(after.rejectionRate())
                                .addInteger(after.minimumSample())
                                .addInteger(after.windowSeconds()))
                .chain(
                        () ->
                                audit.append(
                                        tx,
                                        new AuditEvent(
                                                ANONYMOUS,
                                                "alerts.thresholds",
                                                "alerts:thresholds",
                                                detail,
                                                now)))
                .replaceWith(after);
    }

    private static Thresholds thresholds(Row row) {
        return new Thresholds(
                row.getDouble(0),
                row.getDouble(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getInteger(4),
                row.getInteger(5));
    }
}
