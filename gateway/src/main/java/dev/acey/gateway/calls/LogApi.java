package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/api/logs")
interface LogApi {

    @GET
    @Path("/stats")
    Uni<LogStats> stats();

    @PUT
    @Path("/retention")
    Uni<LogRetention> keep(LogRetention retention);
}
