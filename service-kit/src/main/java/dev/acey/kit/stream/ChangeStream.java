package dev.acey.kit.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The stream at {@code <resource>/events}: the resource as it is, then after each change, until
 * there are no more. Each event holds the whole resource, so a client that comes back misses
 * nothing and {@code Last-Event-ID} has no effect. A comment now and then keeps proxies from
 * closing a quiet stream.
 *
 * <p>The resource method returns a Uni, produces {@code text/event-stream} and has the sink
 * injected: unlike a method that returns a Multi, it can still answer 404, before the stream
 * begins, if there is no such thing.
 */
public final class ChangeStream {

    private static final Logger LOG = Logger.getLogger(ChangeStream.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private ChangeStream() {}

    /**
     * The resource after a change.
     *
     * @param version the event's id
     */
    public record Change(long version, Object resource) {}

    /** Sends these, one when the one before is sent, and closes the sink at their end. */
    public static void send(SseEventSink sink, Sse sse, Multi<Change> changes) {
        events(sse, changes)
                .onItem()
                .transformToUniAndConcatenate(
                        event -> Uni.createFrom().completionStage(() -> sink.send(event)))
                .onTermination()
                .invoke(sink::close)
                .subscribe()
                .with(sent -> {}, failure -> LOG.debugf("a stream of events broke: %s", failure));
    }

    private static Multi<OutboundSseEvent> events(Sse sse, Multi<Change> changes) {
        Multi<Optional<OutboundSseEvent>> all =
                changes.map(change -> Optional.of(event(sse, change)))
                        .onCompletion()
                        .continueWith(Optional.empty());
        Multi<Optional<OutboundSseEvent>> comments =
                Multi.createFrom()
                        .ticks()
                        .startingAfter(KEEP_ALIVE)
                        .every(KEEP_ALIVE)
                        .onOverflow()
                        .drop()
                        .map(tick -> Optional.of(comment(sse)));
        return Multi.createBy()
                .merging()
                .streams(all, comments)
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    private static OutboundSseEvent comment(Sse sse) {
        return sse.newEventBuilder().comment("still here").build();
    }

    private static OutboundSseEvent event(Sse sse, Change change) {
        return sse.newEventBuilder()
                .id(String.valueOf(change.version()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(change.resource())
                .build();
    }
}
