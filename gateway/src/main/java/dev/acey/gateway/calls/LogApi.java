package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/api")
interface LogApi {

    @GET
    @Path("/logs/stats")
    Uni<LogStats> stats();

    @GET
    @Path("/alerts/thresholds")
    Uni<Thresholds> thresholds();

    @PUT
    @Path("/alerts/thresholds")
    Uni<Thresholds> setThresholds(Thresholds thresholds);

    @GET
    @Path("/alerts")
    Uni<AlertList> alerts(@QueryParam("state") String state, @QueryParam("limit") int limit);

    @PUT
    @Path("/logs/retention")
    Uni<LogRetention> keep(LogRetention retention);
}
