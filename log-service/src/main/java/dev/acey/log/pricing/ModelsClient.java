package dev.acey.log.pricing;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** rollout-service as it lists its models. */
@RegisterRestClient(configKey = "rollout-service")
@RegisterClientHeaders
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
interface ModelsClient {

    @GET
    Uni<ModelPage> models(@QueryParam("limit") int limit, @QueryParam("cursor") String cursor);
}
