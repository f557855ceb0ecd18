package dev.acey.gateway.events;

import dev.acey.kit.event.EventPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** A service's own events. */
@Path("/internal/events")
@Produces(MediaType.APPLICATION_JSON)
interface ServiceFeed {

    /** As soon as there are any after this position, else none after {@code wait} seconds. */
    @GET
    Uni<EventPage> after(
            @QueryParam("after") String after,
            @QueryParam("limit") int limit,
            @QueryParam("wait") int wait);
}
