package dev.acey.log.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.log.store.Days;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The words of closed days, so that a search need not read their payloads. Entries that come late
 * are marked where they are committed; until their words are there, the day counts as not indexed.
 */
@ApplicationScoped
public class WordIndex {

    /** An insert that began before the day was closed has ended, or failed, by then. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int PAGE_BYTES = 4 << 20;

    private static final String DUE =
            """
            SELECT day FROM stored_day
            WHERE parent = 'payload' AND day < $1 AND (day NOT IN (SELECT day FROM indexed_day)
              OR day IN (SELECT day FROM late_entries))
            ORDER BY day DESC
            """;

    private static final String WITHOUT_WORDS =
            """
            SELECT id, body FROM (
              SELECT id, body, sum(octet_length(body)) OVER (ORDER BY id) - octet_length(body) AS before
              FROM (
                SELECT p.id, p.body FROM payload p
                WHERE p.day = %1$s AND p.id > $1 AND NOT EXISTS (
                  SELECT FROM word w WHERE w.day = %1$s AND w.id = p.id)
                ORDER BY p.id LIMIT 500
              ) next
            ) page WHERE before <= %2$d ORDER BY id
            """;

    /** Locked, a payload cannot be erased behind the back of its words. */
    private static final String ADD =
            """
            INSERT INTO word (day, id, hashes)
            SELECT p.day, p.id, g.hashes::int[]
            FROM unnest($1::uuid[], $2::text[]) AS g(id, hashes)
            JOIN payload p ON p.day = %s AND p.id = g.id
            FOR KEY SHARE OF p
            ON CONFLICT DO NOTHING
            """;

    private final Pool pool;
    private final Days days;
    private final ObjectMapper json;

    WordIndex(Pool pool, Days days, ObjectMapper json) {
        this.pool = pool;
        this.days = days;
        this.json = json;
    }

    /** Adds the words that are missing; the caller sees to it that one replica does. */
    public Uni<Void> complete(Instant now) {
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(Days.firstOpen(now.minus(GRACE))))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> complete(row.getLocalDate(0)))
                .collect()
                .last();
    }

    private Uni<Void> complete(LocalDate day) {
        return late(day)
                .chain(
                        late ->
                                days.ensure(Set.of(day))
                                        .chain(() -> add(day))
                                        .chain(() -> finish(day, late)));
    }

    /** The marks that stand before the payloads are read: what they speak of is read then. */
    private Uni<Long[]> late(LocalDate day) {
        return pool.preparedQuery("SELECT seq FROM late_entries WHERE day = $1 LIMIT 10000")
                .execute(Tuple.of(day))
                .map(
                        rows -> {
                            List<Long> all = new ArrayList<>(rows.size());
                            rows.forEach(row -> all.add(row.getLong(0)));
                            return all.toArray(Long[]::new);
                        });
    }

    private Uni<Void> add(LocalDate day) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(new UUID(0, 0)),
                        last -> addPage(day, last.get()).invoke(ids -> ids.forEach(last::set)))
                .until(List::isEmpty)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<UUID>> addPage(LocalDate day, UUID after) {
        return pool.preparedQuery(WITHOUT_WORDS.formatted(Days.literal(day), PAGE_BYTES))
                .execute(Tuple.of(after))
                .chain(
                        page ->
                                page.size() == 0
                                        ? Uni.createFrom().item(List.of())
                                        : blocking(page).chain(words -> insert(day, words)));
    }

    private Uni<Tuple> blocking(RowSet<Row> page) {
        return Uni.createFrom()
                .item(() -> words(page))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Tuple words(RowSet<Row> page) {
        List<UUID> ids = new ArrayList<>(page.size());
        List<String> hashes = new ArrayList<>(page.size());
        for (Row row : page) {
            ids.add(row.getUUID(0));
            hashes.add(hashes(row.get(Buffer.class, 1)));
        }
        return Tuple.of(ids.toArray(UUID[]::new), hashes.toArray(String[]::new));
    }

    private String hashes(Buffer payload) {
        try {
            String list =
                    Arrays.toString(SearchWords.of(json.readTree(payload.getBytes())).hashes());
            return list.replace('[', '{').replace(']', '}');
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is JSON", e);
        }
    }

    private Uni<List<UUID>> insert(LocalDate day, Tuple words) {
        return pool.preparedQuery(ADD.formatted(Days.literal(day)))
                .execute(words)
                .replaceWith(List.of(words.getArrayOfUUIDs(0)));
    }

    private Uni<Void> finish(LocalDate day, Long[] late) {
        return pool.preparedQuery("DELETE FROM late_entries WHERE seq = ANY ($1)")
                .execute(Tuple.of(late))
                .chain(
                        () ->
                                pool.query(
                                                "INSERT INTO indexed_day VALUES (%s) ON CONFLICT DO NOTHING"
                                                        .formatted(Days.literal(day)))
                                        .execute())
                .replaceWithVoid();
    }
}
