package dev.acey.kit.event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads this service's outbox in an order that never changes: nothing is ever committed behind a
 * position that was read. It is the order of transaction ids, and shows an event only when every
 * transaction that began to write before the event's own has ended.
 */
@ApplicationScoped
public class EventFeed {

    /** How long an event may lie unseen when no signal comes. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final String NEXT =
            """
            SELECT id, type, subject, data, at, xid::text AS transaction, seq FROM event
            WHERE (xid, seq) > ($1::text::xid8, $2::bigint)
              AND xid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY xid, seq LIMIT $3
            """;

    private final Pool pool;
    private final EventSignals signals;

    EventFeed(Pool pool, EventSignals signals) {
        this.pool = pool;
        this.signals = signals;
    }

    /**
     * The events after this position; where there are none, as soon as there are some, and an empty
     * page after the wait.
     *
     * @param limit 1 to 1000
     */
    public Uni<EventPage> after(FeedPosition position, int limit, Duration wait) {
        if (wait.isZero()) {
            return read(position, limit);
        }
        Multi<Long> looks = Multi.createFrom().ticks().every(LOOK_EVERY).onOverflow().drop();
        return Multi.createBy()
                .merging()
                .streams(signals.commits(), looks)
                .onItem()
                .transformToUniAndConcatenate(look -> read(position, limit))
                .filter(page -> !page.events().isEmpty())
                .toUni()
                .ifNoItem()
                .after(wait)
                .recoverWithItem(() -> new EventPage(List.of(), position));
    }

    /** Where the feed ends now: what is told from here on is new. */
    public Uni<FeedPosition> end() {
        return pool.query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .execute()
                .map(rows -> new FeedPosition(rows.iterator().next().getLong(0), 0));
    }

    /** The position behind this event; empty where it is not kept any more, or never was. */
    public Uni<Optional<FeedPosition>> positionOf(UUID event) {
        return pool.preparedQuery("SELECT xid::text AS transaction, seq FROM event WHERE id = $1")
                .execute(Tuple.of(event))
                .map(
                        rows ->
                                rows.size() == 0
                                        ? Optional.empty()
                                        : Optional.of(position(rows.iterator().next())));
    }

    private Uni<EventPage> read(FeedPosition after, int limit) {
        return pool.preparedQuery(NEXT)
                .execute(Tuple.of(String.valueOf(after.transaction()), after.number(), limit))
                .map(rows -> page(after, rows));
    }

    private static EventPage page(FeedPosition after, RowSet<Row> rows) {
        List<Event> events = new ArrayList<>(rows.size());
        FeedPosition last = after;
        for (Row row : rows) {
            events.add(event(row));
            last = position(row);
        }
        return new EventPage(events, last);
    }

    private static Event event(Row row) {
        return new Event(
                row.getUUID("id"),
                row.getString("type"),
                row.getString("subject"),
                EventJson.read(row.getString("data")),
                row.getOffsetDateTime("at").toInstant());
    }

    private static FeedPosition position(Row row) {
        return new FeedPosition(Long.parseLong(row.getString("transaction")), row.getLong("seq"));
    }
}
