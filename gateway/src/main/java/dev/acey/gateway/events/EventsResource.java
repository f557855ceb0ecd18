package dev.acey.gateway.events;

import dev.acey.kit.event.EventFeed;
import dev.acey.kit.event.FeedPosition;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/events}. */
@Path("/api/events")
@Tag(name = "Events")
public class EventsResource {

    private final EventFeed feed;
    private final EventStreams streams;

    EventsResource(EventFeed feed, EventStreams streams) {
        this.feed = feed;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "What happens anywhere in the system, as it happens",
            description =
                    "Server-sent events: `id`, `event` (the type) and `data`. With"
                            + " `Last-Event-ID` the stream goes on behind that event, for a week; else"
                            + " it begins now. `types` takes names, or beginnings with a star at their"
                            + " end, separated by commas. A client that does not read is cut off.")
    @APIResponse(responseCode = "200", description = "The stream")
    public Uni<Void> events(
            @QueryParam("types") String types,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse,
            HttpServerRequest request) {
        EventFilter filter =
                types == null || types.isEmpty()
                        ? EventFilter.ALL
                        : EventFilter.of(List.of(types.split(",", -1)), "/types");
        return begin(lastEventId)
                .invoke(from -> streams.open(sink, sse, filter, from, request.connection()::close))
                .replaceWithVoid();
    }

    /** Behind the last event the client has seen; one no longer kept is before all that are. */
    private Uni<FeedPosition> begin(String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return feed.end();
        }
        return feed.positionOf(idOf(lastEventId))
                .map(position -> position.orElse(FeedPosition.START));
    }

    private static UUID idOf(String lastEventId) {
        try {
            return UUID.fromString(lastEventId);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/Last-Event-ID", "is not an id that this stream gave");
        }
    }
}
