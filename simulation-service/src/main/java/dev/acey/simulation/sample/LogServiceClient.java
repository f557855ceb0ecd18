package dev.acey.simulation.sample;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service as it speaks. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/internal/logs")
@Produces(MediaType.APPLICATION_JSON)
interface LogServiceClient {

    /** {@code {logs: [...]}}: a random sample of judged entries, the same for the same seed. */
    @GET
    @Path("sample")
    Uni<byte[]> sample(
            @QueryParam("taskType") String taskTypes,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("size") int size,
            @QueryParam("seed") long seed,
            @QueryParam("environment") String environment);
}
