package dev.acey.rollout.past;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service's figures. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/api/metrics")
@Produces(MediaType.APPLICATION_JSON)
interface MetricsClient {

    @GET
    Uni<JsonNode> metrics(
            @QueryParam("taskType") String taskType,
            @QueryParam("windowSeconds") long windowSeconds,
            @QueryParam("stepSeconds") long stepSeconds);
}
