package dev.acey.log.rollup;

import dev.acey.log.store.Days;
import dev.acey.log.tally.Measured;
import dev.acey.log.tally.Tally;
import dev.acey.log.tally.TallyRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What a transaction that writes entries says to the figures. It only inserts, and so waits for
 * nobody; {@link Folding} does the sums later.
 */
@ApplicationScoped
public class Deltas {

    private static final String INSERT =
            "INSERT INTO delta (start, series, "
                    + TallyRows.COLUMNS
                    + ", latency_taken) SELECT * FROM unnest($1::timestamptz[], $2::int[], "
                    + TallyRows.ARRAYS
                    + ", $22::bytea[])";

    private static final String ENTRY =
            "SELECT series, ts, failed, decision, findings, confidence, response_time, cost,"
                    + " prompt_tokens, completion_tokens FROM entry"
                    + " WHERE day = %s AND id = ANY ($1) AND series IS NOT NULL";

    private static final String FEEDBACK =
            "SELECT e.series, e.ts, f.score FROM feedback f JOIN entry e USING (day, id)"
                    + " WHERE f.day = %1$s AND e.day = %1$s AND f.id = ANY ($1)"
                    + " AND f.score IS NOT NULL AND e.series IS NOT NULL";

    private final Clock clock;

    Deltas(Clock clock) {
        this.clock = clock;
    }

    /** One delta is about one series and one minute. */
    private record Place(Instant start, int series) {}

    /**
     * An entry and where it counts.
     *
     * @param series a number that {@link Series} gave
     */
    public record Counted(int series, Measured entry) {}

    /** Counts entries that this transaction inserts. */
    public Uni<Void> added(SqlConnection tx, Collection<Counted> entries) {
        Instant now = clock.instant();
        Map<Place, Tally> tallies = new HashMap<>();
        for (Counted counted : entries) {
            at(tallies, counted.entry().at(), counted.series(), now).add(counted.entry());
        }
        return insert(tx, tallies);
    }

    /**
     * Moves an entry to another decision; called before this transaction changes it, with the
     * entry's row locked.
     */
    public Uni<Void> decided(SqlConnection tx, LocalDate day, UUID id, String decision) {
        return each(
                tx,
                day,
                ENTRY,
                List.of(id),
                (row, tally) -> tally.move(row.getString("decision"), decision));
    }

    /**
     * Counts feedback on a stored entry.
     *
     * @param score within 0 and 1; null counts nothing
     */
    public Uni<Void> feedback(SqlConnection tx, LocalDate day, UUID id, Double score) {
        return score == null
                ? Uni.createFrom().voidItem()
                : each(tx, day, ENTRY, List.of(id), (row, tally) -> tally.feedback(score, 1));
    }

    /**
     * Takes stored entries and the feedback on them out of the figures; called before this
     * transaction deletes them, with the rows of the entries locked.
     */
    public Uni<Void> erased(SqlConnection tx, LocalDate day, Collection<UUID> ids) {
        return each(tx, day, ENTRY, ids, (row, tally) -> tally.take(measured(row)))
                .chain(
                        () ->
                                each(
                                        tx,
                                        day,
                                        FEEDBACK,
                                        ids,
                                        (row, tally) ->
                                                tally.feedback(row.getDouble("score"), -1)));
    }

    private Uni<Void> each(
            SqlConnection tx,
            LocalDate day,
            String query,
            Collection<UUID> ids,
            BiConsumer<Row, Tally> change) {
        Instant now = clock.instant();
        return tx.preparedQuery(query.formatted(Days.literal(day)))
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .chain(
                        rows -> {
                            Map<Place, Tally> tallies = new HashMap<>();
                            for (Row row : rows) {
                                Instant ts = row.getOffsetDateTime("ts").toInstant();
                                change.accept(row, at(tallies, ts, row.getInteger("series"), now));
                            }
                            return insert(tx, tallies);
                        });
    }

    private static Tally at(Map<Place, Tally> tallies, Instant ts, int series, Instant now) {
        Instant start = Resolution.of(ts, now).floor(ts);
        return tallies.computeIfAbsent(new Place(start, series), place -> new Tally());
    }

    private static Uni<Void> insert(SqlConnection tx, Map<Place, Tally> tallies) {
        if (tallies.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Place> places = List.copyOf(tallies.keySet());
        List<Tally> values = places.stream().map(tallies::get).toList();
        Tuple arguments =
                Tuple.tuple()
                        .addArrayOfOffsetDateTime(
                                places.stream()
                                        .map(place -> place.start().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new))
                        .addArrayOfInteger(
                                places.stream().map(Place::series).toArray(Integer[]::new));
        TallyRows.addTo(arguments, values);
        TallyRows.addTakenTo(arguments, values);
        return tx.preparedQuery(INSERT).execute(arguments).replaceWithVoid();
    }

    private static Measured measured(Row row) {
        return new Measured(
                row.getOffsetDateTime("ts").toInstant(),
                row.getBoolean("failed"),
                row.getString("decision"),
                row.getInteger("findings"),
                row.getDouble("confidence"),
                row.getDouble("response_time"),
                row.getDouble("cost"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"));
    }
}
