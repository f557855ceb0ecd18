package dev.acey.rollout.review;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service's feed of what people decided. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/internal/decisions")
interface DecisionFeedClient {

    /** Oldest first, those after this position. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Decided.Page> after(@QueryParam("after") long position, @QueryParam("limit") int limit);
}
