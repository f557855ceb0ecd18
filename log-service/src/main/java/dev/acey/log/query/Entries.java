package dev.acey.log.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as they are asked for, a phrase included. No index serves a phrase: what all other
 * filters leave is read and looked at, a bounded number of entries for a page.
 */
@Singleton
class Entries {

    /** How many entries one page looks at for a phrase before it ends with a cursor to go on. */
    static final int SCAN = 10_000;

    private static final int STEP = 200;

    private final EntryReader reader;
    private final ObjectMapper json;

    Entries(EntryReader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /** One page. It may be short, or empty, and still have a next. */
    Uni<EntryPage> page(EntryFilter filter, Position after, Order order, int limit) {
        return filter.phrase() == null
                ? reader.page(filter, after, order, limit)
                : search(filter, new EntryPage(List.of(), after), order, limit, SCAN);
    }

    private Uni<EntryPage> search(
            EntryFilter filter, EntryPage sofar, Order order, int limit, int scan) {
        return reader.page(filter, sofar.next(), order, STEP)
                .chain(
                        step -> {
                            EntryPage found = append(sofar, matching(filter.phrase(), step), limit);
                            boolean done =
                                    found.next() == null
                                            || found.entries().size() == limit
                                            || scan <= STEP;
                            return done
                                    ? Uni.createFrom().item(found)
                                    : search(filter, found, order, limit, scan - STEP);
                        });
    }

    private static EntryPage append(EntryPage sofar, EntryPage matches, int limit) {
        List<StoredEntry> all = new ArrayList<>(sofar.entries());
        all.addAll(matches.entries());
        if (all.size() <= limit) {
            return new EntryPage(all, matches.next());
        }
        List<StoredEntry> taken = all.subList(0, limit);
        return new EntryPage(taken, taken.get(limit - 1).position());
    }

    EntryPage matching(Phrase phrase, EntryPage page) {
        return new EntryPage(
                page.entries().stream().filter(entry -> holds(entry, phrase)).toList(),
                page.next());
    }

    private boolean holds(StoredEntry entry, Phrase phrase) {
        try {
            return phrase.isIn(json.readTree(entry.json().getBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is JSON", e);
        }
    }
}
