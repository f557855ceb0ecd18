package dev.acey.rollout.spool;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service as it speaks. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/internal/logs")
interface LogServiceClient {

    @POST
    @Consumes("application/x-ndjson")
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Receipt> post(byte[] ndjson);
}
