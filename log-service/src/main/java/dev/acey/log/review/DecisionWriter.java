package dev.acey.log.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Review;
import dev.acey.log.early.Early;
import dev.acey.log.early.EarlyKind;
import dev.acey.log.early.Waiting;
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
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Writes decisions, each with its place in the feed and its audit record or not at all. */
@ApplicationScoped
class DecisionWriter implements EarlyKind {

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
              WHERE id = $1 AND day = %s AND NOT erased
              RETURNING day, id, decision, final_action
            )
            INSERT INTO decision (day, id, decision, final_action, before, reviewer, reason, at)
            SELECT day, id, decision, final_action, $5, $6, $7, $8 FROM changed
            """;

    private static final String ANONYMOUS = "anonymous";

    private final Pool pool;
    private final Deltas deltas;
    private final AuditTrail audit;
    private final Early early;
    private final EntryJson entryJson;
    private final ObjectMapper json;

    DecisionWriter(
            Pool pool,
            Deltas deltas,
            AuditTrail audit,
            Early early,
            EntryJson entryJson,
            ObjectMapper json) {
        this.pool = pool;
        this.deltas = deltas;
        this.audit = audit;
        this.early = early;
        this.entryJson = entryJson;
        this.json = json;
    }

    /**
     * Completes when the decision is durable.
     *
     * @return a {@link Waiting} where the entry has not arrived yet, null where it is decided; a
     *     failure of 404 where there is no such entry
     */
    Uni<Waiting> decide(UUID id, DecisionCommand command, Instant now) {
        return pool.withTransaction(
                connection ->
                        hold(connection, id)
                                .chain(
                                        there ->
                                                there
                                                        ? decide(connection, id, command, now)
                                                        : early.put(
                                                                connection,
                                                                this,
                                                                id,
                                                                entryJson.bytesOf(command),
                                                                now)));
    }

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public Uni<Void> apply(SqlConnection connection, UUID id, byte[] command, Instant at) {
        DecisionCommand decision;
        try {
            decision = json.readValue(command, DecisionCommand.class);
        } catch (IOException e) {
            return Uni.createFrom().failure(e);
        }
        return change(connection, id, decision, at);
    }

    /** What came earlier counts earlier. */
    private Uni<Waiting> decide(
            SqlConnection connection, UUID id, DecisionCommand command, Instant now) {
        return early.applyWaiting(connection, id, this)
                .chain(() -> change(connection, id, command, now))
                .replaceWith(Uni.createFrom().nullItem());
    }

    /** Whether there is such an entry; nothing else changes it until this transaction ends. */
    private static Uni<Boolean> hold(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(
                        "SELECT 1 FROM entry WHERE id = $1 AND day = %s AND NOT erased FOR UPDATE"
                                .formatted(dayOf(id)))
                .execute(Tuple.of(id))
                .map(rows -> rows.size() > 0);
    }

    private Uni<Void> change(
            SqlConnection connection, UUID id, DecisionCommand command, Instant at) {
        return connection
                .preparedQuery(
                        "SELECT decision FROM entry WHERE id = $1 AND day = %s"
                                .formatted(dayOf(id)))
                .execute(Tuple.of(id))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString(0)))
                .call(() -> deltas.decided(connection, day(id), id, command.decision()))
                .call(() -> connection.query(FEED_LOCK).execute())
                .call(before -> write(connection, id, before.orElse(null), command, at))
                .chain(
                        before ->
                                audit.append(
                                        connection, event(id, before.orElse(null), command, at)));
    }

    private Uni<RowSet<Row>> write(
            SqlConnection connection, UUID id, String before, DecisionCommand command, Instant at) {
        Review review = new Review(command.reviewer(), command.reason(), at);
        return connection
                .preparedQuery(CHANGE.formatted(dayOf(id)))
                .execute(
                        Tuple.tuple()
                                .addUUID(id)
                                .addString(command.decision())
                                .addValue(entryJson.bytesOf(command.finalAction()))
                                .addValue(entryJson.bytesOf(review))
                                .addString(before)
                                .addString(command.reviewer())
                                .addValue(entryJson.bytesOf(command.reason()))
                                .addValue(TimeRange.asArgument(at)));
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
