package dev.acey.rollout.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** simulation-service as it speaks of simulations. */
@RegisterRestClient(configKey = "simulation-service")
@RegisterClientHeaders
@Path("/api/simulate")
@Produces(MediaType.APPLICATION_JSON)
interface SimulationClient {

    @GET
    @Path("/{id}")
    Uni<JsonNode> get(@PathParam("id") String id);

    /** {@code {simulations: [...]}}, newest first. */
    @GET
    Uni<JsonNode> list(@QueryParam("limit") int limit);
}
