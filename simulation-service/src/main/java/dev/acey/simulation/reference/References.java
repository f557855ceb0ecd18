package dev.acey.simulation.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.simulation.drift.StyleReference;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code style_reference}. Every change of it is on the audit trail. */
@Singleton
public class References {

    private static final String SHOWN = "task_type, source, outputs, pinned_by, pinned_at";

    private final Pool pool;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Vertx vertx;

    References(Pool pool, AuditTrail audit, ObjectMapper json, Vertx vertx) {
        this.pool = pool;
        this.audit = audit;
        this.json = json;
        this.vertx = vertx;
    }

    /** Those of these tasks that there are, as they are now. */
    public Uni<Map<String, StyleReference>> of(Collection<String> taskTypes) {
        return pool.preparedQuery(
                        "SELECT task_type, sample FROM style_reference WHERE task_type = ANY ($1)")
                .execute(Tuple.of(taskTypes.toArray(String[]::new)))
                .chain(rows -> vertx.executeBlocking(() -> samples(rows), false));
    }

    Uni<List<PinnedReference>> list() {
        return pool.query("SELECT " + SHOWN + " FROM style_reference ORDER BY task_type")
                .execute()
                .map(
                        rows -> {
                            List<PinnedReference> list = new ArrayList<>();
                            for (Row row : rows) {
                                list.add(shown(row));
                            }
                            return list;
                        });
    }

    Uni<Optional<PinnedReference>> find(String taskType) {
        return pool.preparedQuery("SELECT " + SHOWN + " FROM style_reference WHERE task_type = $1")
                .execute(Tuple.of(taskType))
                .map(this::first);
    }

    /** Pins a reference in place of the one there may be. */
    Uni<PinnedReference> pin(PinnedReference pinned, Buffer sample) {
        return pool.withTransaction(
                tx ->
                        tx.preparedQuery(
                                        "INSERT INTO style_reference AS r"
                                                + " (task_type, source, outputs, sample, pinned_by,"
                                                + " pinned_at) VALUES ($1, $2, $3, $4, $5, $6)"
                                                + " ON CONFLICT (task_type) DO UPDATE SET"
                                                + " source = excluded.source,"
                                                + " outputs = excluded.outputs,"
                                                + " sample = excluded.sample,"
                                                + " pinned_by = excluded.pinned_by,"
                                                + " pinned_at = excluded.pinned_at")
                                .execute(
                                        Tuple.of(
                                                pinned.taskType(),
                                                Buffer.buffer(bytes(pinned.source())),
                                                pinned.outputs(),
                                                sample,
                                                pinned.pinnedBy(),
                                                pinned.pinnedAt().atOffset(ZoneOffset.UTC)))
                                .chain(
                                        () ->
                                                audit(
                                                        tx,
                                                        "style.pin",
                                                        pinned,
                                                        pinned.pinnedBy(),
                                                        pinned.pinnedAt()))
                                .replaceWith(pinned));
    }

    /** Whether there was one. */
    Uni<Boolean> unpin(String taskType, String actor, Instant now) {
        return pool.withTransaction(
                tx ->
                        tx.preparedQuery(
                                        "DELETE FROM style_reference WHERE task_type = $1 RETURNING "
                                                + SHOWN)
                                .execute(Tuple.of(taskType))
                                .map(this::first)
                                .call(
                                        gone ->
                                                gone.isEmpty()
                                                        ? Uni.createFrom().voidItem()
                                                        : audit(
                                                                tx,
                                                                "style.unpin",
                                                                gone.get(),
                                                                actor,
                                                                now))
                                .map(Optional::isPresent));
    }

    private Uni<Void> audit(
            SqlConnection tx, String action, PinnedReference pinned, String actor, Instant at) {
        ObjectNode detail = json.createObjectNode().put("outputs", pinned.outputs());
        detail.set("source", pinned.source());
        return audit.append(
                tx, new AuditEvent(actor, action, "task:" + pinned.taskType(), detail, at));
    }

    private Map<String, StyleReference> samples(RowSet<Row> rows) {
        Map<String, StyleReference> samples = new HashMap<>();
        for (Row row : rows) {
            samples.put(row.getString(0), read(row, 1, StyleReference.class));
        }
        return samples;
    }

    private Optional<PinnedReference> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(shown(row.next())) : Optional.empty();
    }

    private PinnedReference shown(Row row) {
        return new PinnedReference(
                row.getString(0),
                read(row, 1, JsonNode.class),
                row.getInteger(2),
                row.getString(3),
                row.getOffsetDateTime(4).toInstant());
    }

    private <T> T read(Row row, int column, Class<T> type) {
        try {
            return json.readValue(row.getDelegate().getBuffer(column).getBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("a pinned reference holds unreadable JSON", e);
        }
    }

    private byte[] bytes(JsonNode source) {
        try {
            return json.writeValueAsBytes(source);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a reference's source must be JSON", e);
        }
    }
}
