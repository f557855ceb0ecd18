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
    static final int SCAN = 5_000;

    /** Entries that are in memory at once; fewer where few were looked at so far. */
    private static final int STEP = 2_000;

    private static final String DAYS =
            """
            SELECT day, day IN (SELECT day FROM indexed_day)
              AND day NOT IN (SELECT day FROM late_entries) AS indexed
            FROM stored_day WHERE parent = 'entry' ORDER BY day
            """;

    private final Pool pool;
    private final EntryReader reader;
    private final ObjectMapper json;

    Entries(Pool pool, EntryReader reader, ObjectMapper json) {
        this.pool = pool;
        this.reader = reader;
        this.json = json;
    }

    /**
     * @param known whether the index said that the words occur on it
     */
    private record Day(LocalDate date, boolean indexed, boolean known) {}

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
    EntryPage matching(SearchWords words, EntryPage page) {
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
                                Day day = new Day(row.getLocalDate(0), row.getBoolean(1), false);
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
        int step = Math.min(STEP, Math.max(limit, SCAN - scan));
        Uni<EntryPage> read =
                day.indexed()
                        ? reader.indexed(filter, day.date(), sofar.next(), order, limit)
                        : reader.page(filter, day.date(), sofar.next(), order, step);
        return read.chain(
                page -> {
                    boolean dayEnds = page.next() == null;
                    Position next = dayEnds ? order.endOf(day.date()) : page.next();
                    EntryPage found = append(sofar, matching(filter.words(), page), next, limit);
                    if (found.entries().size() == limit) {
                        return Uni.createFrom().item(found);
                    }
                    int left = day.indexed() ? scan : scan - page.entries().size();
                    return (dayEnds ? after(day, days, filter.words()) : same(days))
                            .chain(more -> search(filter, more, found, order, limit, left));
                });
    }

    /**
     * The days after the first. Where that was indexed and had too little, the words are rare, and
     * one question tells which of the other indexed days are worth reading.
     */
    private Uni<List<Day>> after(Day first, List<Day> days, SearchWords words) {
        List<Day> others = days.subList(1, days.size());
        List<LocalDate> indexed = others.stream().filter(Day::indexed).map(Day::date).toList();
        if (!first.indexed() || first.known() || indexed.isEmpty()) {
            return same(others);
        }
        return reader.daysWith(words, indexed)
                .map(
                        with ->
                                others.stream()
                                        .filter(day -> !day.indexed() || with.contains(day.date()))
                                        .map(day -> new Day(day.date(), day.indexed(), true))
                                        .toList());
    }

    private static Uni<List<Day>> same(List<Day> days) {
        return Uni.createFrom().item(days);
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

    private boolean holds(StoredEntry entry, SearchWords words) {
        try {
            byte[] whole = entry.json().getBytes();
            return words.mayBeIn(whole) && words.areIn(json.readTree(whole));
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is JSON", e);
        }
    }
}
