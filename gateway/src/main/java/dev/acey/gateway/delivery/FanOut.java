package dev.acey.gateway.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.gateway.events.EventFilter;
import dev.acey.gateway.events.EventMessage;
import dev.acey.gateway.events.Followed;
import dev.acey.gateway.events.Following;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.EventFeed;
import dev.acey.kit.event.EventPage;
import dev.acey.kit.event.FeedPosition;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Follows the merged feed and makes one delivery for each event and each webhook that wants it,
 * whatever crashes and however many replicas do the same.
 */
@Singleton
class FanOut {

    static final String FEED = "webhooks";

    private static final int PAGE = 100;
    private static final Duration WAIT = Duration.ofSeconds(20);

    private static final String INSERT =
            """
            INSERT INTO delivery (id, webhook_id, event_id, type, body)
            SELECT d.id, d.webhook_id, e.id, e.type, e.body
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY
              AS d (id, webhook_id, event_id, place)
            JOIN unnest($4::uuid[], $5::text[], $6::bytea[]) AS e (id, type, body)
              ON e.id = d.event_id
            ORDER BY d.place
            ON CONFLICT (webhook_id, event_id) DO NOTHING
            """;

    private final EventFeed feed;
    private final Followed followed;
    private final DeliveryWorker worker;
    private final ObjectMapper json;
    private Following running;

    FanOut(EventFeed feed, Followed followed, DeliveryWorker worker, ObjectMapper json) {
        this.feed = feed;
        this.followed = followed;
        this.worker = worker;
        this.json = json;
    }

    void start(@Observes StartupEvent start) {
        running = Following.begin("Events for webhooks", this::step);
    }

    void stop(@Observes ShutdownEvent stop) {
        if (running != null) {
            running.stop();
        }
    }

    /** One page; twice at once, here or on another replica, it is dealt with once. */
    Uni<Void> step() {
        return followed.position(FEED)
                .chain(from -> feed.after(from, PAGE, WAIT).chain(page -> deliver(from, page)));
    }

    private Uni<Void> deliver(FeedPosition from, EventPage page) {
        return page.events().isEmpty()
                ? Uni.createFrom().voidItem()
                : followed.move(FEED, from, page.next(), c -> insert(c, page.events()))
                        .invoke(worker::poke);
    }

    /**
     * The webhooks are held until the commit: one that is deleted or disabled meanwhile takes these
     * along.
     */
    private Uni<Void> insert(SqlConnection connection, List<Event> events) {
        return connection
                .query(
                        "SELECT id, events FROM webhook WHERE disabled_at IS NULL"
                                + " ORDER BY id FOR SHARE")
                .execute()
                .chain(webhooks -> insert(connection, events, webhooks));
    }

    private Uni<Void> insert(SqlConnection connection, List<Event> events, RowSet<Row> webhooks) {
        List<UUID> ids = new ArrayList<>();
        List<UUID> wanting = new ArrayList<>();
        List<UUID> wanted = new ArrayList<>();
        for (Event event : events) {
            for (Row webhook : webhooks) {
                if (new EventFilter(List.of(webhook.getArrayOfStrings("events")))
                        .matches(event.type())) {
                    ids.add(UuidCreator.getTimeOrderedEpoch());
                    wanting.add(webhook.getUUID("id"));
                    wanted.add(event.id());
                }
            }
        }
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(INSERT)
                .execute(
                        Tuple.from(
                                List.of(
                                        ids.toArray(UUID[]::new),
                                        wanting.toArray(UUID[]::new),
                                        wanted.toArray(UUID[]::new),
                                        events.stream().map(Event::id).toArray(UUID[]::new),
                                        events.stream().map(Event::type).toArray(String[]::new),
                                        events.stream().map(this::body).toArray(Buffer[]::new))))
                .replaceWithVoid();
    }

    private Buffer body(Event event) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(EventMessage.of(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event always encodes", e);
        }
    }
}
