package dev.acey.rollout.tick;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service's feed of observations. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/internal/observations")
@Produces(MediaType.APPLICATION_JSON)
interface ObservationClient {

    /** Oldest first, those after this place; nothing ever appears before it. */
    @GET
    Uni<Observed.Page> after(
            @QueryParam("after") String place,
            @QueryParam("rolloutId") String rolloutId,
            @QueryParam("limit") int limit);
}
