package dev.acey.rollout.lineage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The table {@code model_lineage}. */
@Singleton
public class Lineages {

    private static final String PUT =
            """
            INSERT INTO model_lineage (model, dataset, version, sha256, training, stale_since)
            SELECT name, $2, $3, $4, $5, $6 FROM model WHERE name = $1
            ON CONFLICT (model) DO UPDATE SET dataset = excluded.dataset,
              version = excluded.version, sha256 = excluded.sha256,
              training = excluded.training,
              stale_since = coalesce(model_lineage.stale_since, excluded.stale_since)
            """;

    private static final String OF =
            "SELECT model, dataset, version, sha256, training, stale_since FROM model_lineage"
                    + " WHERE model = ANY ($1)";

    private final Pool pool;
    private final AuditTrail audit;
    private final Clock clock;

    Lineages(Pool pool, AuditTrail audit, Clock clock) {
        this.pool = pool;
        this.audit = audit;
        this.clock = clock;
    }

    /** Lineages by model; none for a model that was not trained here. */
    public Uni<Map<String, Lineage>> of(Collection<String> models) {
        return pool.preparedQuery(OF)
                .execute(Tuple.of(models.toArray(String[]::new)))
                .map(
                        rows -> {
                            Map<String, Lineage> lineages = new HashMap<>();
                            rows.forEach(row -> lineages.put(row.getString("model"), read(row)));
                            return lineages;
                        });
    }

    /** Says what a model learned from; what was stale stays stale. False without such a model. */
    Uni<Boolean> put(String model, Lineage lineage) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(PUT)
                                .execute(tuple(model, lineage))
                                .map(done -> done.rowCount() > 0)
                                .call(
                                        there ->
                                                there
                                                        ? record(connection, model, lineage)
                                                        : none()));
    }

    private Uni<Void> record(SqlConnection connection, String model, Lineage lineage) {
        ObjectNode detail =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("dataset", lineage.dataset())
                        .put("version", lineage.version())
                        .put("sha256", lineage.sha256())
                        .put("training", lineage.training().toString())
                        .put("stale", lineage.staleSince() != null);
        return audit.append(
                connection,
                new AuditEvent(
                        "dataset-service",
                        "model.lineage",
                        "model:" + model,
                        detail,
                        clock.instant()));
    }

    private static Uni<Void> none() {
        return Uni.createFrom().voidItem();
    }

    private static Tuple tuple(String model, Lineage lineage) {
        OffsetDateTime since =
                lineage.staleSince() == null ? null : lineage.staleSince().atOffset(ZoneOffset.UTC);
        return Tuple.of(
                model,
                lineage.dataset(),
                lineage.version(),
                lineage.sha256(),
                lineage.training(),
                since);
    }

    private static Lineage read(Row row) {
        OffsetDateTime since = row.getOffsetDateTime("stale_since");
        return new Lineage(
                row.getString("dataset"),
                row.getInteger("version"),
                row.getString("sha256"),
                row.getUUID("training"),
                since == null ? null : since.toInstant());
    }
}
