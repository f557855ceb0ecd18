package dev.acey.log.query;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryRow;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Entries asked for by their ids, each with the last demonstration that somebody gave for it. */
@ApplicationScoped
class ChosenEntries {

    /** Ids that can be asked for at once; each entry, and each demonstration, may have a MiB. */
    static final int MOST = 25;

    private static final String ENTRIES =
            """
            SELECT * FROM (
              SELECT %1$s, e.place, count(*) OVER () AS found,
                sum(coalesce(octet_length(p.body), 0)) OVER (ORDER BY e.place)
                  - coalesce(octet_length(p.body), 0) AS before
              FROM (
                SELECT entry.*, asked.place
                FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place)
                JOIN entry ON entry.day IN (%2$s) AND entry.id = asked.id AND NOT erased
              ) e %3$s
            ) page WHERE before <= %4$d ORDER BY place
            """;

    private static final String DEMONSTRATIONS =
            """
            SELECT DISTINCT ON (id) id, value FROM feedback
            WHERE day IN (%s) AND id = ANY ($1) AND score IS NULL ORDER BY id, seq DESC
            """;

    private final Pool pool;

    ChosenEntries(Pool pool) {
        this.pool = pool;
    }

    /**
     * {@code {taken, logs, demonstrations}} in UTF-8: the entries there are of the first {@code
     * taken} ids, in the order of the ids, and for some of them {@code {id: {speech, intents}}}.
     * What is taken ends where the entries grow larger than a page.
     *
     * @param ids with commas between, 1 to {@value #MOST}; 400 for anything else
     */
    Uni<Buffer> of(String ids) {
        UUID[] asked = parse(ids);
        String days =
                Arrays.stream(asked)
                        .map(id -> Days.of(TimeRange.clamp(LogEntryReader.timeOf(id))))
                        .distinct()
                        .map(Days::literal)
                        .collect(Collectors.joining(", "));
        return pool.preparedQuery(
                        ENTRIES.formatted(
                                EntryRow.COLUMNS,
                                days,
                                EntryRow.WITH_PAYLOAD,
                                EntryReader.PAGE_BYTES))
                .execute(Tuple.of(asked))
                .chain(
                        rows -> {
                            int taken = taken(rows, asked.length);
                            return demonstrations(Arrays.copyOf(asked, taken), days)
                                    .map(found -> answer(taken, rows, found));
                        });
    }

    private Uni<Buffer> demonstrations(UUID[] ids, String days) {
        return pool.preparedQuery(DEMONSTRATIONS.formatted(days))
                .execute(Tuple.of(ids))
                .map(
                        rows -> {
                            Buffer all = Buffer.buffer();
                            for (Row row : rows) {
                                all.appendString(all.length() == 0 ? "" : ",")
                                        .appendString("\"" + row.getUUID(0) + "\":")
                                        .appendBuffer(row.get(Buffer.class, 1));
                            }
                            return all;
                        });
    }

    /** Fewer rows than were found: those that follow the last row are not taken. */
    private static int taken(RowSet<Row> rows, int asked) {
        int taken = asked;
        for (Row row : rows) {
            taken = row.getLong("found") > rows.size() ? row.getLong("place").intValue() : asked;
        }
        return taken;
    }

    private static Buffer answer(int taken, RowSet<Row> rows, Buffer demonstrations) {
        List<StoredEntry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(StoredEntry.of(row)));
        return Buffer.buffer("{\"taken\":" + taken + ",\"logs\":[")
                .appendBuffer(
                        StoredEntry.join(entries.stream().filter(e -> !e.bare()).toList(), ','))
                .appendString("],\"demonstrations\":{")
                .appendBuffer(demonstrations)
                .appendString("}}");
    }

    private static UUID[] parse(String ids) {
        String[] asked = ids == null ? new String[0] : ids.split(",", MOST + 1);
        if (asked.length < 1 || asked.length > MOST) {
            throw ProblemException.invalid("/ids", "must be 1 to " + MOST + " ids");
        }
        try {
            return Arrays.stream(asked).map(UUID::fromString).toArray(UUID[]::new);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/ids", "must be ids with commas between");
        }
    }
}
