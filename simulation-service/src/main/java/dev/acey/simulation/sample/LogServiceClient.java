package dev.acey.simulation.sample;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service as it speaks. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/internal/logs")
@Produces(MediaType.APPLICATION_JSON)
interface LogServiceClient {

    /** The ids of a random sample of judged entries, the same for the same seed. */
    @GET
    @Path("sample")
    Uni<Drawn> sample(
            @QueryParam("taskType") String taskTypes,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("model") String model,
            @QueryParam("size") int size,
            @QueryParam("seed") long seed,
            @QueryParam("environment") String environment);

    /** {@code {taken, logs, demonstrations}}: those there are of the first ids. */
    @GET
    @Path("entries")
    Uni<byte[]> entries(@QueryParam("ids") String ids);

    /** {@code {nextCursor, logs}}, oldest first. */
    @GET
    @Path("page")
    Uni<byte[]> page(
            @QueryParam("after") String after,
            @QueryParam("limit") int limit,
            @QueryParam("taskType") String taskTypes,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("environment") String environment);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Drawn(List<UUID> ids) {}
}
