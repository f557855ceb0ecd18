package dev.acey.log.rollup;

import dev.acey.log.store.TimeRange;
import dev.acey.log.store.Where;
import dev.acey.log.tally.Tally;
import dev.acey.log.tally.TallyRows;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads figures: from roll-ups and from the deltas that are not folded yet, in one statement, which
 * sees each entry once.
 */
@ApplicationScoped
public class Rollups {

    private static final String TALLY =
            "start, series, latency, oldest, newest, " + String.join(", ", TallyRows.NUMBERS);

    private final Pool pool;

    Rollups(Pool pool) {
        this.pool = pool;
    }

    /**
     * One group of entries.
     *
     * @param key the values of what was grouped by
     */
    public record Group(Row key, Tally tally) {}

    /**
     * The figures of a time, by group.
     *
     * @param spans next to one another, oldest first
     * @param by SQL expressions over {@code start} and the columns of {@code series}, each with a
     *     name
     * @param where a condition over the same; its arguments are used first
     * @param most groups; there may be more
     */
    public Uni<List<Group>> read(List<Span> spans, List<String> by, Where where, int most) {
        String sources =
                spans.stream()
                        .map(span -> source(span, where))
                        .collect(Collectors.joining(" UNION ALL "));
        Instant from = spans.get(0).from();
        Instant to = spans.get(spans.size() - 1).to();
        String groups =
                IntStream.rangeClosed(1, by.size())
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(", "));
        String sql =
                "SELECT %s, %s FROM (%s UNION ALL SELECT %s, latency_taken FROM delta WHERE %s) r"
                                .formatted(
                                        String.join(", ", by),
                                        TallyRows.AGGREGATES,
                                        sources,
                                        TALLY,
                                        during(from, to, where))
                        + " JOIN series ON series.id = r.series WHERE "
                        + where.sql()
                        + " GROUP BY "
                        + groups
                        + " ORDER BY "
                        + groups
                        + " LIMIT "
                        + most;
        return pool.preparedQuery(sql)
                .execute(where.arguments())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(
                        rows -> {
                            List<Group> found = new ArrayList<>(rows.size());
                            rows.forEach(
                                    row -> found.add(new Group(row, TallyRows.of(row).settled())));
                            return found;
                        });
    }

    /**
     * Forgets the figures of a UTC day, whose entries are gone and of which none comes any more.
     * Waits for a step of folding.
     */
    public Uni<Void> dropDay(SqlConnection tx, LocalDate day) {
        OffsetDateTime from = day.atStartOfDay().atOffset(ZoneOffset.UTC);
        Tuple time = Tuple.of(from, from.plusDays(1));
        Uni<?> dropped =
                tx.query("SELECT pg_advisory_xact_lock(" + Folding.LOCK_KEY + ")").execute();
        List<String> tables = new ArrayList<>(List.of("delta"));
        Arrays.stream(Resolution.values()).map(Resolution::table).forEach(tables::add);
        for (String table : tables) {
            dropped =
                    dropped.chain(
                            () ->
                                    tx.preparedQuery(
                                                    "DELETE FROM "
                                                            + table
                                                            + " WHERE start >= $1 AND start < $2")
                                            .execute(time));
        }
        return dropped.replaceWithVoid();
    }

    private static String source(Span span, Where where) {
        return "SELECT %s, NULL::bytea AS latency_taken FROM %s WHERE %s"
                .formatted(TALLY, span.resolution().table(), during(span.from(), span.to(), where));
    }

    private static String during(Instant from, Instant to, Where where) {
        return "start >= %s AND start < %s"
                .formatted(
                        where.argument(TimeRange.asArgument(from)),
                        where.argument(TimeRange.asArgument(to)));
    }
}
