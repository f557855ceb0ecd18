package dev.acey.log.query;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryRow;
import dev.acey.log.store.Erased;
import dev.acey.log.store.TimeRange;
import dev.acey.log.store.Where;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads entries. Every query is short; nothing holds a transaction from page to page. */
@ApplicationScoped
public class EntryReader {

    /** A page ends with the entry that makes it larger than this. */
    static final int PAGE_BYTES = 4 << 20;

    /** The day of each entry's payload, where entries of several days are read. */
    private static final String ANY_DAY = "e.day";

    /** Asked for one row alone, the planner hopes to come upon it soon and leaves the index. */
    private static final String WITH_WORDS =
            "SELECT %1$s AS day WHERE (SELECT count(*) FROM (SELECT FROM word"
                    + " WHERE day = %1$s AND hashes @> $1::int[] LIMIT 1000) w) > 0";

    private final Pool pool;

    EntryReader(Pool pool) {
        this.pool = pool;
    }

    /** The entry, as JSON in UTF-8; fails with 410 for one that was erased. */
    public Uni<Optional<Buffer>> find(UUID id) {
        String day = Days.literal(Days.of(TimeRange.clamp(LogEntryReader.timeOf(id))));
        String query =
                "SELECT %s FROM entry e LEFT JOIN payload p ON p.day = %s AND p.id = e.id"
                        + " WHERE e.day = %s AND e.id = $1";
        return pool.preparedQuery(query.formatted(EntryRow.COLUMNS, day, day))
                .execute(Tuple.of(id))
                .invoke(rows -> refuseErased(rows, id))
                .map(rows -> read(rows).stream().map(StoredEntry::json).findFirst());
    }

    /**
     * Live entries that wait for a person's decision, oldest first: {@code {logs, nextCursor}} in
     * UTF-8.
     *
     * @param taskType null for all
     * @param cursor where to go on, null to begin; 400 for one that no list here gave
     */
    public Uni<Buffer> pending(String taskType, String cursor, int limit) {
        Where where = new Where();
        // Written out, so that the planner sees that the index of pending entries serves it.
        where.and("decision = 'pending' AND environment = 'live'");
        if (taskType != null) {
            where.and("task_type = " + where.argument(taskType));
        }
        return page(where, ANY_DAY, Position.of(cursor), Order.OLDEST_FIRST, limit)
                .map(EntryPage::toJson);
    }

    /**
     * The next entries after a position. Fewer than the limit do not mean the end: only a missing
     * {@code next} does.
     *
     * @param after null to begin
     * @param limit at most so many, and not many more bytes than {@value #PAGE_BYTES}
     */
    Uni<EntryPage> page(EntryFilter filter, Position after, Order order, int limit) {
        return page(filter.where(), ANY_DAY, after, order, limit);
    }

    /** The same, of one day alone. */
    Uni<EntryPage> page(EntryFilter filter, LocalDate day, Position after, Order order, int limit) {
        Where where = filter.where();
        where.and("day = " + Days.literal(day));
        return page(where, Days.literal(day), after, order, limit);
    }

    /** The same, of an indexed day: all that hold the words, and a few that do not. */
    Uni<EntryPage> indexed(
            EntryFilter filter, LocalDate day, Position after, Order order, int limit) {
        Where where = filter.where();
        where.and("day = " + Days.literal(day));
        where.and(
                "id IN (SELECT id FROM word WHERE word.day = %s AND hashes @> %s::int[])"
                        .formatted(Days.literal(day), where.argument(filter.words().hashes())));
        return page(where, Days.literal(day), after, order, limit);
    }

    /** Those of some indexed days on which all the words occur together, and maybe a few more. */
    Uni<Set<LocalDate>> daysWith(SearchWords words, Collection<LocalDate> days) {
        String each =
                days.stream()
                        .map(Days::literal)
                        .map(WITH_WORDS::formatted)
                        .collect(Collectors.joining(" UNION ALL "));
        return pool.preparedQuery(each)
                .execute(Tuple.of(words.hashes()))
                .map(
                        rows -> {
                            Set<LocalDate> with = new HashSet<>();
                            rows.forEach(row -> with.add(row.getLocalDate(0)));
                            return with;
                        });
    }

    private Uni<EntryPage> page(
            Where where, String payloadDay, Position after, Order order, int limit) {
        if (after != null) {
            String day = Days.literal(after.day());
            where.and("day %s= %s".formatted(order.after, day));
            where.and(
                    "(day, ts, id) %s (%s, %s, %s)"
                            .formatted(
                                    order.after,
                                    day,
                                    where.argument(TimeRange.asArgument(after.ts())),
                                    where.argument(after.id())));
        }
        return pool.preparedQuery(pageQuery(where, payloadDay, order, limit))
                .execute(where.arguments())
                .map(rows -> page(rows, limit));
    }

    private static String pageQuery(Where where, String payloadDay, Order order, int limit) {
        String sorted = "day %1$s, ts %1$s, id %1$s".formatted(order.direction);
        return """
        SELECT * FROM (
          SELECT %1$s, count(*) OVER () AS found,
            coalesce(sum(octet_length(p.body)) OVER (ORDER BY %2$s), 0)
              - coalesce(octet_length(p.body), 0) AS before
          FROM (
            SELECT * FROM entry WHERE %3$s ORDER BY %2$s LIMIT %4$d
          ) e %5$s
        ) page WHERE before <= %6$d ORDER BY ts %7$s, id %7$s
        """
                .formatted(
                        EntryRow.COLUMNS,
                        sorted,
                        where.sql(),
                        limit + 1,
                        EntryRow.withPayload(payloadDay),
                        PAGE_BYTES,
                        order.direction);
    }

    private static EntryPage page(RowSet<Row> rows, int limit) {
        List<StoredEntry> entries = read(rows);
        if (entries.isEmpty()) {
            return new EntryPage(entries, null);
        }
        long found = rows.iterator().next().getLong("found");
        List<StoredEntry> taken = entries.subList(0, Math.min(limit, entries.size()));
        boolean more = taken.size() < found;
        return new EntryPage(taken, more ? taken.get(taken.size() - 1).position() : null);
    }

    private static void refuseErased(RowSet<Row> rows, UUID id) {
        if (rows.size() > 0 && rows.iterator().next().getBoolean("erased")) {
            throw Erased.gone(id);
        }
    }

    static List<StoredEntry> read(RowSet<Row> rows) {
        List<StoredEntry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(StoredEntry.of(row)));
        return entries;
    }
}
