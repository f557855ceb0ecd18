package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "rollout-service")
@RegisterClientHeaders
@Path("/api")
interface RolloutApi {

    @GET
    @Path("/tasks")
    Uni<TaskPage> tasks(@QueryParam("limit") int limit, @QueryParam("cursor") String cursor);

    @GET
    @Path("/rollouts")
    Uni<RolloutPage> rollouts(@QueryParam("limit") int limit);

    @POST
    @Path("/rollouts")
    Uni<Rollout> begin(Rollout.Order order);

    @GET
    @Path("/rollouts/{id}")
    Uni<Rollout> rollout(@PathParam("id") String id);

    @POST
    @Path("/rollouts/{id}/approve")
    Uni<Rollout> approve(@PathParam("id") String id, Approval approval);
}
