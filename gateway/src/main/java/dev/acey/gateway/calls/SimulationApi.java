package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "simulation-service")
@RegisterClientHeaders
@Path("/api/simulate")
interface SimulationApi {

    @POST
    Uni<Simulation> simulate(
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Prefer") String prefer,
            Simulation.Order order);

    @GET
    @Path("/{id}")
    Uni<Simulation> simulation(@PathParam("id") String id);
}
