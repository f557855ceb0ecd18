package dev.acey.log.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.log.archive.Manifest.Part;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryRow;
import dev.acey.log.store.People;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes a day's files from what PostgreSQL has of the day, be it attached or already detached, and
 * from the files that are there. Memory is one page and one line, whatever the day. Two that write
 * the same day would undo one another's files: who calls sees to it that there is one.
 */
@ApplicationScoped
class ArchiveWriter {

    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 4 << 20;

    private final Pool pool;
    private final DayFiles files;
    private final People people;
    private final ObjectMapper json;

    ArchiveWriter(Pool pool, DayFiles files, People people, ObjectMapper json) {
        this.pool = pool;
        this.files = files;
        this.people = people;
        this.json = json;
    }

    /**
     * What became of a day.
     *
     * @param withdrawn entries that were in the files alone and went
     */
    record Written(Manifest manifest, long withdrawn) {}

    /**
     * Completes when the files are on disk and were read back right.
     *
     * @param known whether the day was archived before
     * @param erasing whose entries go, where the files alone have them
     */
    Uni<Written> write(LocalDate day, boolean known, Set<Buffer> erasing) {
        return source(day)
                .call(source -> blocking(() -> requireFiles(day, known, source)))
                .chain(source -> tasks(day, source).chain(all -> parts(day, source, all, erasing)))
                .chain(done -> blocking(() -> publish(day, done)));
    }

    /** Without the payloads the files are all there is: missing ones are not written over. */
    private Source requireFiles(LocalDate day, boolean known, Source source) {
        if (known && source.payloads() == null && files.manifest(day).isEmpty()) {
            throw DayFiles.missing(day);
        }
        return source;
    }

    /** The day's tables that are still there. */
    private record Source(String entries, String payloads) {}

    private record Done(Part part, Path path, long withdrawn) {}

    private Uni<Source> source(LocalDate day) {
        String suffix = "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
        return pool.preparedQuery("SELECT to_regclass($1)::text, to_regclass($2)::text")
                .execute(Tuple.of("entry" + suffix, "payload" + suffix))
                .map(rows -> rows.iterator().next())
                .map(row -> new Source(row.getString(0), row.getString(1)));
    }

    private Uni<Set<String>> tasks(LocalDate day, Source source) {
        Uni<Set<String>> archived =
                blocking(
                        () ->
                                files.manifest(day).stream()
                                        .flatMap(manifest -> manifest.files().stream())
                                        .map(Part::taskType)
                                        .collect(Collectors.toCollection(TreeSet::new)));
        if (source.entries() == null) {
            return archived;
        }
        return archived.chain(
                all ->
                        pool.query(
                                        "SELECT DISTINCT task_type FROM %s WHERE NOT erased"
                                                .formatted(source.entries()))
                                .execute()
                                .invoke(rows -> rows.forEach(row -> all.add(row.getString(0))))
                                .replaceWith(all));
    }

    private Uni<List<Done>> parts(
            LocalDate day, Source source, Set<String> tasks, Set<Buffer> erasing) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(task -> part(day, source, task, erasing))
                .collect()
                .asList();
    }

    private Uni<Done> part(LocalDate day, Source source, String task, Set<Buffer> erasing) {
        Path target = files.unfinished(day);
        Predicate<byte[]> withdrawn = line -> !erasing.isEmpty() && isOf(erasing, line);
        return blocking(() -> new TaskMerge(task, existing(day, task), target, withdrawn))
                .chain(
                        merge ->
                                feed(merge, day, source, task)
                                        .chain(
                                                () ->
                                                        blocking(
                                                                () ->
                                                                        new Done(
                                                                                merge.finish(),
                                                                                target,
                                                                                merge.dropped())))
                                        .eventually(() -> blocking(() -> close(merge))));
    }

    private static Boolean close(TaskMerge merge) {
        merge.close();
        return true;
    }

    private Path existing(LocalDate day, String task) {
        return files.manifest(day).stream()
                .flatMap(manifest -> manifest.files().stream())
                .filter(part -> part.taskType().equals(task))
                .map(part -> files.of(day).resolve(part.name()))
                .findAny()
                .orElse(null);
    }

    private boolean isOf(Set<Buffer> erasing, byte[] line) {
        try {
            String user = json.readTree(line).path("context").path("user").textValue();
            return user != null && erasing.contains(people.hash(user));
        } catch (IOException e) {
            throw new UncheckedIOException("an archived line is JSON", e);
        }
    }

    /** Behind which row the next page begins. */
    private record Place(Instant ts, UUID id, boolean atEnd) {

        static final Place START = new Place(Instant.EPOCH, new UUID(0, 0), false);
    }

    private Uni<Void> feed(TaskMerge merge, LocalDate day, Source source, String task) {
        if (source.entries() == null) {
            return Uni.createFrom().voidItem();
        }
        String query = query(day, source);
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(Place.START),
                        place -> feed(merge, query, task, place.get()).invoke(place::set))
                .whilst(place -> !place.atEnd())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Place> feed(TaskMerge merge, String query, String task, Place after) {
        return pool.preparedQuery(query)
                .execute(Tuple.of(task, TimeRange.asArgument(after.ts()), after.id()))
                .chain(page -> blocking(() -> add(merge, page)));
    }

    private static Place add(TaskMerge merge, RowSet<Row> page) {
        Place last = new Place(null, null, true);
        for (Row row : page) {
            merge.add(row);
            last = new Place(row.getOffsetDateTime(0).toInstant(), row.getUUID(1), false);
        }
        return last;
    }

    private static String query(LocalDate day, Source source) {
        String payload =
                source.payloads() == null
                        ? "CROSS JOIN (SELECT NULL::bytea AS body) p"
                        : "LEFT JOIN LATERAL (SELECT body FROM %s b WHERE b.day = e.day AND b.id = e.id OFFSET 0) p ON TRUE"
                                .formatted(source.payloads());
        return """
        SELECT * FROM (
          SELECT %1$s,
            coalesce(sum(octet_length(p.body)) OVER (ORDER BY e.ts, e.id), 0)
              - coalesce(octet_length(p.body), 0) AS before
          FROM (
            SELECT * FROM %2$s
            WHERE (task_type = $1 OR erased) AND day = %3$s AND (ts, id) > ($2, $3)
            ORDER BY ts, id LIMIT %4$d
          ) e %5$s
        ) page WHERE before <= %6$d ORDER BY ts, id
        """
                .formatted(
                        EntryRow.COLUMNS,
                        source.entries(),
                        Days.literal(day),
                        PAGE,
                        payload,
                        PAGE_BYTES);
    }

    private Written publish(LocalDate day, List<Done> done) {
        List<Done> kept = new ArrayList<>();
        for (Done one : done) {
            if (one.part().entries() > 0) {
                kept.add(one);
            }
        }
        long entries = kept.stream().mapToLong(one -> one.part().entries()).sum();
        Manifest manifest = new Manifest(day, entries, kept.stream().map(Done::part).toList());
        files.publish(manifest, kept.stream().map(Done::path).toList());
        manifest.files().forEach(part -> files.verify(day, part));
        return new Written(manifest, done.stream().mapToLong(Done::withdrawn).sum());
    }

    private static <T> Uni<T> blocking(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
