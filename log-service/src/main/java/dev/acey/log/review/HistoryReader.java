package dev.acey.log.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.log.feedback.FeedbackStore;
import dev.acey.log.query.EntryReader;
import dev.acey.log.review.History.Decided;
import dev.acey.log.store.Days;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts an entry's history together. */
@ApplicationScoped
class HistoryReader {

    private static final int MOST = 1_000;
    private static final int MOST_BYTES = 4 << 20;

    private static final String DECISIONS =
            """
            SELECT before, decision, final_action, reviewer, reason, at FROM (
              SELECT *, sum(coalesce(octet_length(final_action), 0)
                + coalesce(octet_length(reason), 0)) OVER (ORDER BY seq) AS bytes
              FROM (
                SELECT * FROM decision WHERE day = %s AND id = $1 ORDER BY seq LIMIT %d
              ) d
            ) page WHERE bytes <= %d ORDER BY seq
            """;

    private static final String COUNT =
            """
            SELECT (SELECT count(*) FROM decision WHERE day = %1$s AND id = $1)
              + (SELECT count(*) FROM feedback WHERE day = %1$s AND id = $1)
            """;

    private final Pool pool;
    private final EntryReader entries;
    private final FeedbackStore feedback;
    private final ObjectMapper json;

    HistoryReader(Pool pool, EntryReader entries, FeedbackStore feedback, ObjectMapper json) {
        this.pool = pool;
        this.entries = entries;
        this.feedback = feedback;
        this.json = json;
    }

    /** The history; empty where there is no such entry. */
    Uni<Optional<History>> of(UUID id) {
        return entries.find(id)
                .chain(
                        entry ->
                                entry.isEmpty()
                                        ? Uni.createFrom().item(Optional.empty())
                                        : of(id, read(entry.get())).map(Optional::of));
    }

    private Uni<History> of(UUID id, JsonNode entry) {
        String day = Days.literal(Days.of(TimeRange.clamp(LogEntryReader.timeOf(id))));
        return Uni.combine()
                .all()
                .unis(
                        pool.preparedQuery(COUNT.formatted(day))
                                .execute(Tuple.of(id))
                                .map(rows -> rows.iterator().next().getLong(0)),
                        pool.preparedQuery(DECISIONS.formatted(day, MOST, MOST_BYTES))
                                .execute(Tuple.of(id)),
                        feedback.of(id, MOST, MOST_BYTES))
                .asTuple()
                .map(
                        found ->
                                new History(
                                        decisions(entry, found.getItem2()),
                                        found.getItem3(),
                                        found.getItem2().size() + found.getItem3().size()
                                                < found.getItem1()));
    }

    private List<Decided> decisions(JsonNode entry, RowSet<Row> people) {
        List<Decided> decisions = new ArrayList<>();
        JsonNode rules = entry.path("autoRules");
        String judged = rules.path("decision").textValue();
        if (judged != null) {
            Instant at = Instant.parse(rules.path("at").asText(time(entry)));
            decisions.add(new Decided("rules", judged, null, null, null, at));
        }
        String sent =
                people.size() > 0
                        ? people.iterator().next().getString("before")
                        : entry.path("controlDecision").textValue();
        if (sent != null && !sent.equals(judged)) {
            decisions.add(
                    new Decided("caller", sent, null, null, null, Instant.parse(time(entry))));
        }
        people.forEach(row -> decisions.add(byPerson(row)));
        return decisions;
    }

    private Decided byPerson(Row row) {
        Buffer finalAction = row.get(Buffer.class, "final_action");
        Buffer reason = row.get(Buffer.class, "reason");
        return new Decided(
                "person",
                row.getString("decision"),
                finalAction == null ? null : read(finalAction),
                row.getString("reviewer"),
                reason == null ? null : read(reason).textValue(),
                row.getOffsetDateTime("at").toInstant());
    }

    private static String time(JsonNode entry) {
        return entry.path("timestamp").textValue();
    }

    private JsonNode read(Buffer stored) {
        try {
            return json.readTree(stored.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is JSON", e);
        }
    }
}
