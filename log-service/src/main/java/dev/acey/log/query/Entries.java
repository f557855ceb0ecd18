package dev.acey.log.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Entries as they are asked for, words included. Days whose words are indexed are asked by them; of
 * the others what all other filters leave is read and looked at, a bounded number of entries for a
 * page. Either way an entry is looked at before it is answered, so that both find the same.
 */
@Singleton
class Entries {

    /** How many entries one page looks at for words before it ends with a cursor to go on. */
    static final int SCAN = 10_000;

    private static final int STEP = 200;

    private static final String DAYS =
            """
            SELECT day, day IN (SELECT day FROM indexed_day)
              AND day NOT IN (SELECT day FROM late_entries) AS indexed
            FROM (
              SELECT right(c.relname, 8)::date AS day
              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = 'entry'::regclass AND NOT i.inhdetachpending
            ) stored
            ORDER BY day
            """;

    private final Pool pool;
    private final EntryReader reader;
    private final ObjectMapper json;

    Entries(Pool pool, EntryReader reader, ObjectMapper json) {
        this.pool = pool;
        this.reader = reader;
        this.json = json;
    }

    private record Day(LocalDate date, boolean indexed) {}

    /** One page. It may be short, or empty, and still have a next. */
    Uni<EntryPage> page(EntryFilter filter, Position after, Order order, int limit) {
        return filter.words() == null
                ? reader.page(filter, after, order, limit)
                : days(filter, after, order)
                        .chain(
                                days ->
                                        search(
                                                filter,
                                                days,
                                                new EntryPage(List.of(), after),
                                                order,
                                                limit,
                                                SCAN));
    }

    /** Those of a page that hold the words. */
    EntryPage matching(Words words, EntryPage page) {
        return new EntryPage(
                page.entries().stream().filter(entry -> holds(entry, words)).toList(), page.next());
    }

    private Uni<List<Day>> days(EntryFilter filter, Position after, Order order) {
        return pool.query(DAYS)
                .execute()
                .map(
                        rows -> {
                            List<Day> days = new ArrayList<>(rows.size());
                            for (Row row : rows) {
                                Day day = new Day(row.getLocalDate(0), row.getBoolean(1));
                                if (filter.time().touches(day.date())
                                        && order.reaches(after, day.date())) {
                                    days.add(day);
                                }
                            }
                            if (order == Order.NEWEST_FIRST) {
                                Collections.reverse(days);
                            }
                            return days;
                        });
    }

    /**
     * @param sofar what was found, and where to go on
     * @param scan how many more entries may be looked at that no index chose
     */
    private Uni<EntryPage> search(
            EntryFilter filter, List<Day> days, EntryPage sofar, Order order, int limit, int scan) {
        if (days.isEmpty()) {
            return Uni.createFrom().item(new EntryPage(sofar.entries(), null));
        }
        Day day = days.get(0);
        if (scan <= 0 && !day.indexed()) {
            return Uni.createFrom().item(sofar);
        }
        Uni<EntryPage> step =
                day.indexed()
                        ? reader.indexed(filter, day.date(), sofar.next(), order, STEP)
                        : reader.page(filter, day.date(), sofar.next(), order, STEP);
        return step.chain(
                page -> {
                    boolean dayEnds = page.next() == null;
                    Position next = dayEnds ? order.endOf(day.date()) : page.next();
                    EntryPage found = append(sofar, matching(filter.words(), page), next, limit);
                    List<Day> left = dayEnds ? days.subList(1, days.size()) : days;
                    return found.entries().size() == limit
                            ? Uni.createFrom().item(found)
                            : search(
                                    filter,
                                    left,
                                    found,
                                    order,
                                    limit,
                                    day.indexed() ? scan : scan - STEP);
                });
    }

    private static EntryPage append(EntryPage sofar, EntryPage matches, Position next, int limit) {
        List<StoredEntry> all = new ArrayList<>(sofar.entries());
        all.addAll(matches.entries());
        if (all.size() < limit) {
            return new EntryPage(all, next);
        }
        List<StoredEntry> taken = all.subList(0, limit);
        return new EntryPage(taken, taken.get(limit - 1).position());
    }

    private boolean holds(StoredEntry entry, Words words) {
        try {
            return words.areIn(json.readTree(entry.json().getBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is JSON", e);
        }
    }
}
