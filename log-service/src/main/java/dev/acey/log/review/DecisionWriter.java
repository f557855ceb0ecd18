package dev.acey.log.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Review;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.rollup.Deltas;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Writes decisions, each with its place in the feed and its audit record or not at all. */
@ApplicationScoped
class DecisionWriter {

    /**
     * Held from before a decision takes its number until it is committed: one that is not visible
     * yet has a higher number than all that are, and whoever reads the feed passes none over.
     */
    static final String FEED_LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('acey.log.decision', 0))";

    private static final String CHANGE =
            """
            WITH changed AS (
              UPDATE entry
              SET decision = $2, final_action = coalesce($3, final_action), review = $4
              WHERE id = $1 AND day = %s
              RETURNING day, id, decision, final_action
            )
            INSERT INTO decision (day, id, decision, final_action, at)
            SELECT day, id, decision, final_action, $5 FROM changed
            """;

    private static final String ANONYMOUS = "anonymous";

    private final Pool pool;
    private final Deltas deltas;
    private final AuditTrail audit;
    private final EntryJson entryJson;
    private final ObjectMapper json;

    DecisionWriter(
            Pool pool, Deltas deltas, AuditTrail audit, EntryJson entryJson, ObjectMapper json) {
        this.pool = pool;
        this.deltas = deltas;
        this.audit = audit;
        this.entryJson = entryJson;
        this.json = json;
    }

    /** Completes when the decision is durable; 404 if there is no such entry. */
    Uni<Void> decide(UUID id, DecisionCommand command, Instant now) {
        return pool.withTransaction(
                connection ->
                        before(connection, id)
                                .chain(
                                        before ->
                                                deltas.decided(
                                                                connection,
                                                                day(id),
                                                                id,
                                                                command.decision())
                                                        .chain(
                                                                () ->
                                                                        change(
                                                                                connection,
                                                                                id,
                                                                                command,
                                                                                now))
                                                        .replaceWith(before))
                                .chain(
                                        before ->
                                                audit.append(
                                                        connection,
                                                        event(id, before, command, now))));
    }

    private static Uni<String> before(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(
                        "SELECT decision FROM entry WHERE id = $1 AND day = %s FOR UPDATE"
                                .formatted(dayOf(id)))
                .execute(Tuple.of(id))
                .map(rows -> decision(rows, id));
    }

    private static String decision(RowSet<Row> rows, UUID id) {
        if (rows.size() == 0) {
            throw ProblemException.notFound("There is no log entry " + id + ".");
        }
        return rows.iterator().next().getString(0);
    }

    private Uni<Void> change(
            SqlConnection connection, UUID id, DecisionCommand command, Instant now) {
        Review review = new Review(command.reviewer(), command.reason(), now);
        return connection
                .query(FEED_LOCK)
                .execute()
                .chain(
                        () ->
                                connection
                                        .preparedQuery(CHANGE.formatted(dayOf(id)))
                                        .execute(
                                                Tuple.of(
                                                        id,
                                                        command.decision(),
                                                        entryJson.bytesOf(command.finalAction()),
                                                        entryJson.bytesOf(review),
                                                        now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    private AuditEvent event(UUID id, String before, DecisionCommand command, Instant now) {
        ObjectNode detail = json.createObjectNode();
        detail.put("from", before);
        detail.put("to", command.decision());
        detail.put("finalAction", command.finalAction() != null);
        String actor = command.reviewer() == null ? ANONYMOUS : command.reviewer();
        return new AuditEvent(actor, "log.decide", "log:" + id, detail, now);
    }

    private static String dayOf(UUID id) {
        return Days.literal(day(id));
    }

    private static LocalDate day(UUID id) {
        return Days.of(TimeRange.clamp(LogEntryReader.timeOf(id)));
    }
}
