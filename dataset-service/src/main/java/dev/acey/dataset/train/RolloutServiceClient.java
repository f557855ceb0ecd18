package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** rollout-service as it speaks. */
@RegisterRestClient(configKey = "rollout-service")
@RegisterClientHeaders
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
interface RolloutServiceClient {

    @PUT
    @Path("api/models/{name}")
    Uni<Void> register(@PathParam("name") String name, JsonNode model);

    @PUT
    @Path("internal/models/{name}/lineage")
    Uni<Void> lineage(@PathParam("name") String name, JsonNode lineage);

    @PUT
    @Path("internal/tasks/{taskType}/candidate")
    Uni<Void> candidate(@PathParam("taskType") String taskType, JsonNode candidate);
}
