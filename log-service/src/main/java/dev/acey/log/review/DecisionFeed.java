package dev.acey.log.review;

import dev.acey.log.store.Days;
import dev.acey.log.store.EntryJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads decisions in the order they were committed in, each with its entry as it stands now. */
@ApplicationScoped
class DecisionFeed {

    /** A page ends with the decision that makes it larger than this. */
    static final int PAGE_BYTES = 4 << 20;

    private static final String RANGE =
            "SELECT max(seq), array_agg(DISTINCT day) FROM"
                    + " (SELECT seq, day FROM decision WHERE seq > $1 ORDER BY seq LIMIT $2) next";

    private static final String NEXT =
            """
            SELECT * FROM (
              SELECT d.seq, d.id, d.decision, d.final_action, d.at, e.body,
                e.decision AS entry_decision, e.final_action AS entry_action, e.review,
                sum(size) OVER (ORDER BY d.seq) - size AS before
              FROM decision d
              LEFT JOIN LATERAL (
                SELECT p.body, entry.decision, entry.final_action, entry.review
                FROM entry JOIN payload p ON p.day = entry.day AND p.id = entry.id
                WHERE entry.day = d.day AND entry.id = d.id
                  AND entry.day IN (%1$s) AND p.day IN (%1$s)
                OFFSET 0
              ) e ON true
              CROSS JOIN LATERAL (
                SELECT coalesce(octet_length(d.final_action), 0)
                  + coalesce(octet_length(e.final_action), 0)
                  + coalesce(octet_length(e.body), 0) AS size
              ) s
              WHERE d.seq > $1 AND d.seq <= $2
            ) page WHERE before <= %2$d ORDER BY seq
            """;

    private final Pool pool;
    private final EntryJson json;

    DecisionFeed(Pool pool, EntryJson json) {
        this.pool = pool;
        this.json = json;
    }

    /**
     * {@code {decisions: […], next}} in UTF-8. Fewer than the limit do not mean the end: only none
     * do. The entry is null where it is not stored any more.
     *
     * @param after the position to go on from: what {@code next} said last, 0 to begin
     */
    Uni<Buffer> after(long after, int limit) {
        return pool.preparedQuery(RANGE)
                .execute(Tuple.of(after, limit))
                .map(rows -> rows.iterator().next())
                .chain(
                        range ->
                                range.getLong(0) == null
                                        ? Uni.createFrom().item(empty(after))
                                        : page(after, range));
    }

    private Uni<Buffer> page(long after, Row range) {
        return pool.preparedQuery(next(range.getArrayOfLocalDates(1)))
                .execute(Tuple.of(after, range.getLong(0)))
                .map(rows -> page(after, rows));
    }

    /** The days are written out, so that no other partition is planned or locked. */
    private static String next(LocalDate[] days) {
        return NEXT.formatted(
                Arrays.stream(days).map(Days::literal).collect(Collectors.joining(", ")),
                PAGE_BYTES);
    }

    private static Buffer empty(long after) {
        return Buffer.buffer("{\"decisions\":[],\"next\":" + after + "}");
    }

    private Buffer page(long after, RowSet<Row> rows) {
        Buffer page = Buffer.buffer("{\"decisions\":[");
        long last = after;
        for (Row row : rows) {
            page.appendString(last == after ? "" : ",");
            append(page, row);
            last = row.getLong("seq");
        }
        return page.appendString("],\"next\":" + last + "}");
    }

    private void append(Buffer page, Row row) {
        page.appendString("{\"seq\":" + row.getLong("seq"));
        page.appendString(",\"id\":\"" + row.getUUID("id"));
        page.appendString("\",\"decision\":\"" + row.getString("decision"));
        page.appendString("\",\"finalAction\":");
        Buffer action = row.get(Buffer.class, "final_action");
        page.appendBuffer(action == null ? Buffer.buffer("null") : action);
        page.appendString(",\"at\":");
        page.appendBuffer(json.bytesOf(row.getOffsetDateTime("at").toInstant()));
        page.appendString(",\"entry\":");
        page.appendBuffer(entry(row));
        page.appendString("}");
    }

    private static Buffer entry(Row row) {
        Buffer body = row.get(Buffer.class, "body");
        return body == null
                ? Buffer.buffer("null")
                : EntryJson.whole(
                        body,
                        row.getString("entry_decision"),
                        row.get(Buffer.class, "entry_action"),
                        row.get(Buffer.class, "review"));
    }
}
