package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tallies as rows of tables, and as groups of such rows. */
public final class TallyRows {

    /** The numbers of a tally, each a column. */
    public static final List<String> NUMBERS =
            Stream.concat(
                            Arrays.stream(Count.values()).map(Count::column),
                            Arrays.stream(Sum.values()).map(Sum::column))
                    .toList();

    /** The columns of a roll-up's tally, in the order of {@link #addTo}. */
    public static final String COLUMNS = "oldest, newest, latency, " + String.join(", ", NUMBERS);

    /** The arrays that {@link #addTo} adds, as the arguments from $3 on. */
    public static final String ARRAYS =
            "$3::timestamptz[], $4::timestamptz[], $5::bytea[], "
                    + Stream.concat(
                                    Arrays.stream(Count.values())
                                            .map(c -> "$%d::bigint[]".formatted(6 + c.ordinal())),
                                    Arrays.stream(Sum.values())
                                            .map(
                                                    s ->
                                                            "$%d::float8[]"
                                                                    .formatted(
                                                                            6
                                                                                    + Count.values()
                                                                                            .length
                                                                                    + s.ordinal())))
                            .collect(Collectors.joining(", "));

    /** The aggregates of rows that {@link #of} reads. */
    public static final String AGGREGATES =
            "min(oldest) AS oldest, max(newest) AS newest,"
                    + " array_agg(latency) FILTER (WHERE latency IS NOT NULL) AS latency,"
                    + " array_agg(latency_taken) FILTER (WHERE latency_taken IS NOT NULL)"
                    + " AS latency_taken, "
                    + Stream.concat(
                                    Arrays.stream(Count.values())
                                            .map(Count::column)
                                            .map("sum(%1$s)::bigint AS %1$s"::formatted),
                                    Arrays.stream(Sum.values())
                                            .map(Sum::column)
                                            .map("sum(%1$s) AS %1$s"::formatted))
                            .collect(Collectors.joining(", "));

    private TallyRows() {}

    /** Adds the columns of {@link #COLUMNS}, each as an array. */
    public static void addTo(Tuple arguments, List<Tally> tallies) {
        arguments.addArrayOfOffsetDateTime(
                column(tallies, OffsetDateTime[]::new, t -> time(t.oldest)));
        arguments.addArrayOfOffsetDateTime(
                column(tallies, OffsetDateTime[]::new, t -> time(t.newest)));
        arguments.addValue(column(tallies, Buffer[]::new, t -> t.latencies.encoded()));
        for (Count count : Count.values()) {
            arguments.addArrayOfLong(column(tallies, Long[]::new, t -> t.count(count)));
        }
        for (Sum sum : Sum.values()) {
            arguments.addArrayOfDouble(column(tallies, Double[]::new, t -> t.sum(sum)));
        }
    }

    /** Adds the histograms of what was taken out, as an array. */
    public static void addTakenTo(Tuple arguments, List<Tally> tallies) {
        arguments.addValue(column(tallies, Buffer[]::new, t -> t.taken.encoded()));
    }

    /** The tally of a group of rows. */
    public static Tally of(Row group) {
        Tally tally = new Tally();
        for (Count count : Count.values()) {
            tally.counts[count.ordinal()] = group.getLong(count.column());
        }
        for (Sum sum : Sum.values()) {
            tally.sums[sum.ordinal()] = group.getDouble(sum.column());
        }
        tally.cover(instant(group, "oldest"), instant(group, "newest"));
        histograms(group, "latency").forEach(tally.latencies::add);
        histograms(group, "latency_taken").forEach(tally.taken::add);
        return tally;
    }

    private static Stream<Buffer> histograms(Row group, String column) {
        Object[] encoded = (Object[]) group.getValue(column);
        return encoded == null ? Stream.of() : Arrays.stream(encoded).map(Buffer.class::cast);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static <T> T[] column(
            List<Tally> tallies, IntFunction<T[]> array, Function<Tally, T> value) {
        return tallies.stream().map(value).toArray(array);
    }
}
