package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "rollout-service")
@RegisterClientHeaders
@Path("/api/tasks")
interface RolloutApi {

    @GET
    Uni<TaskPage> tasks(@QueryParam("limit") int limit, @QueryParam("cursor") String cursor);
}
