package dev.acey.log.archive;

import dev.acey.log.store.Days;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Closed days as files. Replicas share one directory; which days stand there PostgreSQL knows, and
 * one replica at a time writes.
 */
@ApplicationScoped
public class Archive {

    private final Pool pool;
    private final ArchiveSettings settings;
    private final DayFiles files;
    private final ArchiveWriter writer;

    Archive(Pool pool, ArchiveSettings settings, DayFiles files, ArchiveWriter writer) {
        this.pool = pool;
        this.settings = settings;
        this.files = files;
        this.writer = writer;
    }

    public boolean enabled() {
        return settings.enabled();
    }

    /** The days that stand as files. */
    public Uni<List<LocalDate>> days() {
        return pool.query("SELECT day FROM archived_day ORDER BY day").execute().map(Archive::days);
    }

    /** The days whose files were asked to be written anew. */
    public Uni<List<LocalDate>> stale() {
        return pool.query("SELECT day FROM archived_day WHERE asked > written ORDER BY day")
                .execute()
                .map(Archive::days);
    }

    /**
     * Writes a day's files, from the day's tables and the files that are there; the caller sees to
     * it that nobody else does at the same time. Completes when they were read back.
     */
    public Uni<Void> write(LocalDate day, Instant now) {
        return asked(day)
                .chain(
                        asked ->
                                erasing()
                                        .chain(
                                                people ->
                                                        writer.write(
                                                                day, asked.isPresent(), people))
                                        .chain(
                                                written ->
                                                        mark(day, asked.orElse(0L), written, now)));
    }

    /** Asks that the files of a day be written anew, within the caller's transaction. */
    public Uni<Void> ask(SqlConnection connection, LocalDate day) {
        return connection
                .query("UPDATE archived_day SET asked = asked + 1 WHERE day = " + Days.literal(day))
                .execute()
                .replaceWithVoid();
    }

    /** Asks that a person's entries be taken out of all files; again is harmless. */
    public Uni<Void> withdraw(UUID job, Buffer userHash) {
        return pool.withTransaction(
                        connection ->
                                connection
                                        .preparedQuery(
                                                "INSERT INTO erasing (job, user_hash)"
                                                        + " VALUES ($1, $2) ON CONFLICT DO NOTHING")
                                        .execute(Tuple.of(job, userHash))
                                        .chain(
                                                () ->
                                                        connection
                                                                .query(
                                                                        "UPDATE archived_day SET"
                                                                                + " asked = asked + 1")
                                                                .execute()))
                .replaceWithVoid();
    }

    /** Ends a withdrawal, and says how many entries it took. */
    public Uni<Long> withdrawn(UUID job) {
        return pool.preparedQuery("DELETE FROM erasing WHERE job = $1 RETURNING logs")
                .execute(Tuple.of(job))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
    }

    /** Deletes archived days before this one, files first. */
    public Uni<Void> expire(LocalDate before) {
        return days().onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .filter(day -> day.isBefore(before))
                .onItem()
                .transformToUniAndConcatenate(this::delete)
                .collect()
                .last();
    }

    /**
     * An archived day's entries, oldest first, in batches of some MiB; each is read when the one
     * before was taken. Fails with 503 where a file is not what it was.
     *
     * @param tasks which task types are read
     * @param ts where to go on after, or null to begin
     */
    public Multi<List<byte[]>> read(LocalDate day, Predicate<String> tasks, Instant ts, UUID id) {
        return Multi.createFrom()
                .deferred(
                        () -> {
                            DayReader reader = new DayReader(files, day, tasks, ts, id);
                            return Multi.createBy()
                                    .repeating()
                                    .uni(() -> blocking(reader))
                                    .until(List::isEmpty)
                                    .onTermination()
                                    .invoke(reader::close);
                        });
    }

    private static Uni<List<byte[]>> blocking(DayReader reader) {
        return Uni.createFrom()
                .item(reader::next)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Void> delete(LocalDate day) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> files.delete(day))
                .chain(
                        () ->
                                pool.query(
                                                "DELETE FROM archived_day WHERE day = "
                                                        + Days.literal(day))
                                        .execute())
                .replaceWithVoid();
    }

    /** Empty for a day that was never archived. */
    private Uni<Optional<Long>> asked(LocalDate day) {
        return pool.query("SELECT asked FROM archived_day WHERE day = " + Days.literal(day))
                .execute()
                .map(
                        rows ->
                                rows.size() == 0
                                        ? Optional.empty()
                                        : Optional.of(rows.iterator().next().getLong(0)));
    }

    private Uni<Set<Buffer>> erasing() {
        return pool.query("SELECT user_hash FROM erasing")
                .execute()
                .map(
                        rows -> {
                            Set<Buffer> people = new HashSet<>();
                            rows.forEach(row -> people.add(row.get(Buffer.class, 0)));
                            return people;
                        });
    }

    private Uni<Void> mark(LocalDate day, long asked, ArchiveWriter.Written written, Instant now) {
        return pool.preparedQuery(
                        """
                        WITH counted AS (
                          UPDATE erasing SET logs = logs + $5 WHERE $5 > 0
                        )
                        INSERT INTO archived_day (day, entries, at, written)
                        VALUES ($1, $2, $3, $4)
                        ON CONFLICT (day) DO UPDATE
                        SET entries = excluded.entries, at = excluded.at,
                          written = greatest(archived_day.written, excluded.written)
                        """)
                .execute(
                        Tuple.of(
                                day,
                                written.manifest().entries(),
                                now.atOffset(java.time.ZoneOffset.UTC),
                                asked,
                                written.withdrawn()))
                .replaceWithVoid();
    }

    private static List<LocalDate> days(RowSet<Row> rows) {
        List<LocalDate> days = new ArrayList<>(rows.size());
        rows.forEach(row -> days.add(row.getLocalDate(0)));
        return days;
    }
}
