package dev.acey.gateway.events;

import dev.acey.kit.event.Event;
import dev.acey.kit.event.EventFeed;
import dev.acey.kit.event.EventPage;
import dev.acey.kit.event.FeedPosition;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Streams the merged feed to clients. Each reads its own way through the outbox, a page when the
 * page before has been sent: what a client does not read is not held for it, and one that stops
 * reading is cut off.
 */
@Singleton
class EventStreams {

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private static final int MOST_CLIENTS = 512;
    private static final int PAGE = 50;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventFeed feed;
    private final Set<AtomicReference<Cancellable>> clients = ConcurrentHashMap.newKeySet();
    private final Counter cutOff;
    private final Duration patience;

    @Inject
    EventStreams(EventFeed feed, MeterRegistry metrics) {
        this(feed, metrics, PATIENCE);
    }

    EventStreams(EventFeed feed, MeterRegistry metrics, Duration patience) {
        this.feed = feed;
        this.patience = patience;
        Gauge.builder("acey.events.clients", clients, Set::size)
                .description("Clients that follow the events")
                .register(metrics);
        this.cutOff =
                Counter.builder("acey.events.cut.off")
                        .description("Clients cut off because they did not read")
                        .register(metrics);
    }

    /**
     * Streams until the client goes; 503 for more clients at once than are served.
     *
     * @param hangUp ends the client's connection, sent or not
     */
    void open(SseEventSink sink, Sse sse, EventFilter filter, FeedPosition from, Runnable hangUp) {
        if (clients.size() >= MOST_CLIENTS) {
            throw ProblemException.unavailable(
                    MOST_CLIENTS + " clients follow the events already. Try again later.");
        }
        AtomicReference<Cancellable> client = new AtomicReference<>();
        clients.add(client);
        client.set(
                send(sink, comment(sse, "connected"))
                        .chain(() -> follow(sink, sse, filter, from))
                        .onTermination()
                        .invoke(() -> clients.remove(client))
                        .subscribe()
                        .with(
                                gone -> sink.close(),
                                failure -> {
                                    LOG.debugf("a stream of events broke: %s", failure);
                                    hangUp.run();
                                }));
    }

    void stop(@Observes ShutdownEvent stop) {
        clients.stream()
                .map(AtomicReference::get)
                .filter(Objects::nonNull)
                .forEach(Cancellable::cancel);
    }

    private Uni<Void> follow(SseEventSink sink, Sse sse, EventFilter filter, FeedPosition from) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(from),
                        position ->
                                next(position.get())
                                        .call(page -> send(sink, sse, filter, page))
                                        .invoke(page -> position.set(page.next())))
                .until(page -> sink.isClosed())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** While the database is away the client waits: a browser does not come back after an error. */
    private Uni<EventPage> next(FeedPosition after) {
        return feed.after(after, PAGE, HEARTBEAT)
                .onFailure(Dependencies::isDown)
                .retry()
                .withBackOff(Duration.ofMillis(200), LONGEST_PAUSE)
                .indefinitely();
    }

    private Uni<Void> send(SseEventSink sink, Sse sse, EventFilter filter, EventPage page) {
        return Multi.createFrom()
                .iterable(page.events())
                .filter(event -> filter.matches(event.type()))
                .map(event -> message(sse, event))
                .onCompletion()
                .ifEmpty()
                .continueWith(comment(sse, "still here"))
                .onItem()
                .transformToUniAndConcatenate(event -> send(sink, event))
                .collect()
                .last();
    }

    private Uni<Void> send(SseEventSink sink, OutboundSseEvent event) {
        return Uni.createFrom()
                .completionStage(() -> sink.send(event))
                .replaceWithVoid()
                .ifNoItem()
                .after(patience)
                .failWith(
                        () -> {
                            cutOff.increment();
                            return ProblemException.unavailable("the client does not read");
                        });
    }

    private static OutboundSseEvent comment(Sse sse, String text) {
        return sse.newEventBuilder().comment(text).build();
    }

    private static OutboundSseEvent message(Sse sse, Event event) {
        return sse.newEventBuilder()
                .id(event.id().toString())
                .name(event.type())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(EventMessage.of(event))
                .build();
    }
}
