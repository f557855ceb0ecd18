package dev.acey.simulation.criteria;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code task_criteria}. */
@ApplicationScoped
public class CriteriaStore {

    private static final String PUT =
            """
            INSERT INTO task_criteria (task_type, version, criteria) VALUES ($1, $2, $3)
            ON CONFLICT (task_type) DO UPDATE
            SET version = excluded.version, criteria = excluded.criteria
            """;

    /** One change at a time, also of a task that has no row yet. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('acey.simulation.criteria', 0))";

    private final Pool pool;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Vertx vertx;

    CriteriaStore(Pool pool, AuditTrail audit, ObjectMapper json, Vertx vertx) {
        this.pool = pool;
        this.audit = audit;
        this.json = json;
        this.vertx = vertx;
    }

    /** What was decided otherwise than by default, by task. */
    public Uni<Map<String, TaskCriteria>> decided() {
        return pool.query("SELECT criteria FROM task_criteria")
                .execute()
                .map(
                        rows -> {
                            Map<String, TaskCriteria> all = new TreeMap<>();
                            for (Row row : rows) {
                                TaskCriteria one = read(row);
                                all.put(one.taskType(), one);
                            }
                            return all;
                        });
    }

    /** What holds for a task. */
    Uni<TaskCriteria> of(String taskType) {
        return pool.withConnection(connection -> of(connection, taskType));
    }

    /** Completes with what holds now, once the change and its audit record are durable. */
    Uni<TaskCriteria> put(String taskType, CriteriaCommand command, Instant now) {
        return pool.withTransaction(
                connection ->
                        connection
                                .query(LOCK)
                                .execute()
                                .chain(() -> of(connection, taskType))
                                .chain(before -> put(connection, before, command, now)));
    }

    private Uni<TaskCriteria> put(
            SqlConnection connection, TaskCriteria before, CriteriaCommand command, Instant now) {
        return vertx.executeBlocking(
                        () -> command.of(before.taskType(), before.version() + 1, now), false)
                .call(
                        after ->
                                connection
                                        .preparedQuery(PUT)
                                        .execute(
                                                Tuple.of(
                                                        after.taskType(),
                                                        after.version(),
                                                        bytes(after))))
                .call(after -> audit.append(connection, event(before, after, now)));
    }

    private Uni<TaskCriteria> of(SqlConnection connection, String taskType) {
        return connection
                .preparedQuery("SELECT criteria FROM task_criteria WHERE task_type = $1")
                .execute(Tuple.of(taskType))
                .map(
                        rows ->
                                rows.size() == 0
                                        ? TaskCriteria.defaults(taskType)
                                        : read(rows.iterator().next()));
    }

    private AuditEvent event(TaskCriteria before, TaskCriteria after, Instant now) {
        ObjectNode detail = json.createObjectNode();
        detail.set("from", json.valueToTree(before));
        detail.set("to", json.valueToTree(after));
        return new AuditEvent(
                after.actor(), "simulation.criteria", "task:" + after.taskType(), detail, now);
    }

    private TaskCriteria read(Row row) {
        try {
            return json.readValue(row.get(Buffer.class, 0).getBytes(), TaskCriteria.class);
        } catch (IOException e) {
            throw new UncheckedIOException("stored criteria are unreadable", e);
        }
    }

    private Buffer bytes(TaskCriteria criteria) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(criteria));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("criteria must be writable as JSON", e);
        }
    }
}
