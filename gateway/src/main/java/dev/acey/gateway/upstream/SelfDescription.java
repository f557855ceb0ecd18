package dev.acey.gateway.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** What every service tells of itself. */
@Path("/q")
interface SelfDescription {

    @GET
    @Path("/health/ready")
    Uni<String> ready();

    @GET
    @Path("/openapi")
    Uni<ObjectNode> openApi(@QueryParam("format") String format);
}
