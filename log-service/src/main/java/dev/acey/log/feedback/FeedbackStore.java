package dev.acey.log.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.log.early.Early;
import dev.acey.log.early.EarlyKind;
import dev.acey.log.early.Waiting;
import dev.acey.log.observation.Observations;
import dev.acey.log.rollup.Deltas;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes feedback, with what it says to the figures and to guards, and reads it. */
@ApplicationScoped
public class FeedbackStore implements EarlyKind {

    /** An entry that is erased at the same moment waits, and takes the feedback with it. */
    private static final String ADD =
            """
            INSERT INTO feedback (day, id, metric, value, score, comment, reviewer, at)
            SELECT day, id, $2, $3, $4, $5, $6, $7
            FROM (
              SELECT day, id FROM entry WHERE id = $1 AND day = %s AND NOT erased FOR SHARE
            ) e
            """;

    private static final String OF_ENTRY =
            """
            SELECT metric, value, comment, reviewer, at FROM (
              SELECT *, sum(octet_length(value) + coalesce(octet_length(comment), 0))
                OVER (ORDER BY seq) - octet_length(value) AS before
              FROM (
                SELECT * FROM feedback WHERE day = %s AND id = $1 ORDER BY seq LIMIT %d
              ) f
            ) page WHERE before <= %d ORDER BY seq
            """;

    private static final String DEMONSTRATIONS =
            """
            SELECT DISTINCT ON (day, id) id, value FROM feedback
            WHERE day = ANY ($1) AND id = ANY ($2) AND score IS NULL
            ORDER BY day, id, seq DESC
            """;

    private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

    private final Pool pool;
    private final Deltas deltas;
    private final Observations observations;
    private final Early early;
    private final EntryJson entryJson;
    private final ObjectMapper json;

    FeedbackStore(
            Pool pool,
            Deltas deltas,
            Observations observations,
            Early early,
            EntryJson entryJson,
            ObjectMapper json) {
        this.pool = pool;
        this.deltas = deltas;
        this.observations = observations;
        this.early = early;
        this.entryJson = entryJson;
        this.json = json;
    }

    /**
     * Completes when the feedback is durable.
     *
     * @return a {@link Waiting} where the entry has not arrived yet, null where the feedback is
     *     stored; a failure of 404 where there is no such entry
     */
    Uni<Waiting> add(UUID id, FeedbackCommand command, Instant now) {
        return pool.withTransaction(
                connection ->
                        insert(connection, id, command, now)
                                .chain(
                                        added ->
                                                added
                                                        ? Uni.createFrom().nullItem()
                                                        : early.put(
                                                                connection,
                                                                this,
                                                                id,
                                                                entryJson.bytesOf(command),
                                                                now)));
    }

    /**
     * The right answers that persons gave for these entries, as JSON: the last one where there are
     * several.
     */
    public Uni<Map<UUID, Buffer>> demonstrations(List<UUID> ids) {
        LocalDate[] days =
                ids.stream().map(FeedbackStore::day).distinct().toArray(LocalDate[]::new);
        return pool.preparedQuery(DEMONSTRATIONS)
                .execute(Tuple.of(days, ids.toArray(UUID[]::new)))
                .map(
                        rows -> {
                            Map<UUID, Buffer> demonstrations = new LinkedHashMap<>();
                            rows.forEach(
                                    row ->
                                            demonstrations.put(
                                                    row.getUUID(0), row.get(Buffer.class, 1)));
                            return demonstrations;
                        });
    }

    /** What was said about an entry, oldest first; at most so many, and not many more bytes. */
    public Uni<List<Feedback>> of(UUID id, int limit, int bytes) {
        return pool.preparedQuery(OF_ENTRY.formatted(dayOf(id), limit, bytes))
                .execute(Tuple.of(id))
                .map(rows -> read(id, rows));
    }

    @Override
    public String name() {
        return "feedback";
    }

    @Override
    public Uni<Void> apply(SqlConnection connection, UUID id, byte[] command, Instant at) {
        return insert(connection, id, read(command, FeedbackCommand.class), at).replaceWithVoid();
    }

    private Uni<Boolean> insert(
            SqlConnection connection, UUID id, FeedbackCommand command, Instant at) {
        return connection
                .preparedQuery(ADD.formatted(dayOf(id)))
                .execute(
                        Tuple.tuple()
                                .addValue(id)
                                .addString(command.metric())
                                .addValue(entryJson.bytesOf(command.value()))
                                .addValue(command.score())
                                .addValue(entryJson.bytesOf(command.comment()))
                                .addString(command.reviewer())
                                .addValue(TimeRange.asArgument(at)))
                .map(inserted -> inserted.rowCount() > 0)
                .call(added -> added ? tell(connection, id, command, at) : NOTHING);
    }

    private Uni<Void> tell(SqlConnection connection, UUID id, FeedbackCommand command, Instant at) {
        LocalDate day = day(id);
        return deltas.feedback(connection, day, id, command.score())
                .chain(
                        () ->
                                observations.feedback(
                                        connection,
                                        day,
                                        id,
                                        command.metric(),
                                        command.score(),
                                        at));
    }

    private List<Feedback> read(UUID id, RowSet<Row> rows) {
        List<Feedback> feedback = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Buffer comment = row.get(Buffer.class, 2);
            feedback.add(
                    new Feedback(
                            id,
                            row.getString(0),
                            read(row.get(Buffer.class, 1).getBytes(), JsonNode.class),
                            comment == null ? null : read(comment.getBytes(), String.class),
                            row.getString(3),
                            row.getOffsetDateTime(4).toInstant()));
        }
        return feedback;
    }

    private <T> T read(byte[] stored, Class<T> type) {
        try {
            return json.readValue(stored, type);
        } catch (IOException e) {
            throw new UncheckedIOException("what was stored as JSON can be read as JSON", e);
        }
    }

    private static String dayOf(UUID id) {
        return Days.literal(day(id));
    }

    private static LocalDate day(UUID id) {
        return Days.of(TimeRange.clamp(LogEntryReader.timeOf(id)));
    }
}
