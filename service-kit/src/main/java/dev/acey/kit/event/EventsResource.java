package dev.acey.kit.event;

import dev.acey.kit.page.Query;
import io.quarkus.arc.properties.UnlessBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How our own services learn what happened here. */
@Path("/internal/events")
@UnlessBuildProperty(name = "acey.events.serve", stringValue = "false", enableIfMissing = true)
public class EventsResource {

    private static final int LONGEST_WAIT = 25;

    private final EventFeed feed;

    EventsResource(EventFeed feed) {
        this.feed = feed;
    }

    /**
     * With {@code wait}, in seconds, an answer without events comes only after that time.
     *
     * @param after the {@code next} of the answer before; missing to begin
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<EventPage> after(
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @QueryParam("wait") String wait) {
        FeedPosition position =
                after == null || after.isEmpty() ? FeedPosition.START : FeedPosition.of(after);
        Double seconds = Query.number("wait", wait, 0, LONGEST_WAIT);
        return feed.after(
                position,
                Query.limit(limit),
                seconds == null ? Duration.ZERO : Duration.ofMillis((long) (seconds * 1000)));
    }
}
