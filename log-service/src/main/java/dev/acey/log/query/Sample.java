package dev.acey.log.query;

import dev.acey.log.store.Days;
import dev.acey.log.store.EntryRow;
import dev.acey.log.store.Where;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Draws judged entries of calls that did not fail. Each entry has a rank that follows from its id
 * and the seed alone, and the lowest ranks are drawn: the same entries and the same seed give the
 * same sample, and a larger sample holds the smaller one.
 */
@ApplicationScoped
class Sample {

    static final int LARGEST = 10_000;

    /** Entries read at once; each may have a MiB. */
    private static final int STEP = 25;

    /** Older entries have none any more, and without it there is nothing to replay. */
    private static final String FIRST_WITH_PAYLOAD =
            "day >= (SELECT min(right(relname, 8)::date) FROM pg_inherits JOIN pg_class"
                    + " ON pg_class.oid = inhrelid WHERE inhparent = 'payload'::regclass"
                    + " AND NOT inhdetachpending)";

    private final Pool pool;

    Sample(Pool pool) {
        this.pool = pool;
    }

    /** {@code {logs: […]}} in pieces, oldest first. */
    Multi<Buffer> draw(EntryFilter filter, int size, long seed) {
        return positions(filter, size, seed)
                .onItem()
                .transformToMulti(
                        drawn ->
                                Multi.createBy()
                                        .concatenating()
                                        .streams(
                                                Multi.createFrom()
                                                        .item(Buffer.buffer("{\"logs\":[")),
                                                entries(drawn),
                                                Multi.createFrom().item(Buffer.buffer("]}"))));
    }

    private Uni<List<Position>> positions(EntryFilter filter, int size, long seed) {
        Where where = filter.where();
        where.and("findings IS NOT NULL AND NOT failed");
        where.and(FIRST_WITH_PAYLOAD);
        String query =
                "SELECT ts, id FROM (SELECT ts, id FROM entry WHERE %s"
                        + " ORDER BY sha256(uuid_send(id) || int8send(%d)) LIMIT %d) drawn"
                        + " ORDER BY ts, id";
        return pool.preparedQuery(query.formatted(where.sql(), seed, size))
                .execute(where.arguments())
                .map(Sample::positions);
    }

    private static List<Position> positions(RowSet<Row> rows) {
        List<Position> positions = new ArrayList<>(rows.size());
        rows.forEach(
                row ->
                        positions.add(
                                new Position(
                                        row.getOffsetDateTime(0).toInstant(), row.getUUID(1))));
        return positions;
    }

    private Multi<Buffer> entries(List<Position> drawn) {
        return Multi.createFrom()
                .range(0, (drawn.size() + STEP - 1) / STEP)
                .onItem()
                .transformToUniAndConcatenate(
                        step ->
                                read(
                                        drawn.subList(
                                                step * STEP,
                                                Math.min(drawn.size(), (step + 1) * STEP)),
                                        step == 0));
    }

    private Uni<Buffer> read(List<Position> positions, boolean first) {
        String days =
                positions.stream()
                        .map(Position::day)
                        .distinct()
                        .map(Days::literal)
                        .collect(Collectors.joining(", "));
        Where where = new Where();
        where.and("e.day IN (" + days + ")");
        UUID[] ids = positions.stream().map(Position::id).toArray(UUID[]::new);
        where.and("e.id = ANY (" + where.argument(ids) + ")");
        String query =
                "SELECT %s FROM entry e %s WHERE %s ORDER BY e.ts, e.id"
                        .formatted(EntryRow.COLUMNS, EntryRow.WITH_PAYLOAD, where.sql());
        return pool.preparedQuery(query)
                .execute(where.arguments())
                .map(rows -> StoredEntry.join(EntryReader.read(rows), ','))
                .map(joined -> first ? joined : Buffer.buffer(",").appendBuffer(joined));
    }
}
