package dev.acey.log.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.log.archive.Archive;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Streams entries, oldest first, day by day: from the tables where the day is there, else from its
 * files. A day that is dropped while it is read goes on from its files.
 */
@Singleton
class Export {

    private static final int STEP = 200;

    private static final String DAYS =
            """
            SELECT right(c.relname, 8)::date AS day
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'entry'::regclass AND NOT i.inhdetachpending
            UNION SELECT day FROM archived_day ORDER BY day
            """;

    private static final String IS_STORED =
            """
            SELECT EXISTS (
              SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = 'entry'::regclass AND NOT i.inhdetachpending
                AND c.relname = 'entry_' || to_char($1::date, 'YYYYMMDD')
            )
            """;

    private final Pool pool;
    private final EntryReader reader;
    private final Entries entries;
    private final Archive archive;
    private final ObjectMapper json;

    Export(Pool pool, EntryReader reader, Entries entries, Archive archive, ObjectMapper json) {
        this.pool = pool;
        this.reader = reader;
        this.entries = entries;
        this.archive = archive;
        this.json = json;
    }

    /** Entries as lines, some at a time; each piece is read when the one before was taken. */
    Multi<byte[]> of(EntryFilter filter) {
        return days(filter)
                .onItem()
                .transformToMulti(days -> Multi.createFrom().iterable(days))
                .onItem()
                .transformToMultiAndConcatenate(day -> day(filter, day));
    }

    private Uni<List<LocalDate>> days(EntryFilter filter) {
        return pool.query(DAYS)
                .execute()
                .map(
                        rows -> {
                            List<LocalDate> days = new ArrayList<>();
                            rows.forEach(row -> days.add(row.getLocalDate(0)));
                            days.removeIf(day -> !filter.time().touches(day));
                            return days;
                        });
    }

    private Multi<byte[]> day(EntryFilter filter, LocalDate day) {
        AtomicReference<Position> last = new AtomicReference<>();
        Multi<byte[]> stored = stored(filter, day, last);
        Multi<byte[]> rest =
                isStored(day)
                        .onItem()
                        .transformToMulti(
                                there ->
                                        there
                                                ? Multi.createFrom().empty()
                                                : archived(filter, day, last.get()));
        return Multi.createBy().concatenating().streams(stored, rest);
    }

    private Multi<byte[]> stored(
            EntryFilter filter, LocalDate day, AtomicReference<Position> last) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<Position>(),
                        at ->
                                reader.page(filter, day, at.get(), Order.OLDEST_FIRST, STEP)
                                        .invoke(page -> at.set(page.next())))
                .whilst(page -> page.next() != null)
                .select()
                .where(page -> !page.entries().isEmpty())
                .invoke(page -> last.set(page.last()))
                .map(page -> filter.words() == null ? page : entries.matching(filter.words(), page))
                .select()
                .where(page -> !page.entries().isEmpty())
                .map(page -> StoredEntry.join(page.entries(), '\n').getBytes());
    }

    private Uni<Boolean> isStored(LocalDate day) {
        return pool.preparedQuery(IS_STORED)
                .execute(Tuple.of(day))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Multi<byte[]> archived(EntryFilter filter, LocalDate day, Position after) {
        return archive.read(
                        day,
                        task -> filter.taskTypes() == null || filter.taskTypes().contains(task),
                        after == null ? null : after.ts(),
                        after == null ? null : after.id())
                .map(lines -> joined(filter, lines))
                .select()
                .where(lines -> lines.length > 0);
    }

    private byte[] joined(EntryFilter filter, List<byte[]> lines) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            if (filter.matches(parse(line))) {
                if (joined.size() > 0) {
                    joined.write('\n');
                }
                joined.writeBytes(line);
            }
        }
        return joined.toByteArray();
    }

    private JsonNode parse(byte[] line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("an archived line is JSON", e);
        }
    }
}
