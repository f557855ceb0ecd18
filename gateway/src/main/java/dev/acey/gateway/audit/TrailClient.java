package dev.acey.gateway.audit;

import dev.acey.kit.audit.Anchor;
import dev.acey.kit.audit.AuditLink;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** A service's own audit trail, and what it remembers of those of others. */
@Path("/internal/audit")
@Produces(MediaType.APPLICATION_JSON)
interface TrailClient {

    @GET
    @Path("/links")
    Uni<List<AuditLink>> links(@QueryParam("after") long after, @QueryParam("limit") int limit);

    @GET
    @Path("/newest")
    Uni<List<AuditLink>> newest(
            @QueryParam("subject") List<String> subjects,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("beforeAt") String beforeAt,
            @QueryParam("beforeSeq") String beforeSeq,
            @QueryParam("limit") int limit);

    @GET
    @Path("/anchors/{service}")
    Uni<List<Anchor>> anchors(
            @PathParam("service") String service,
            @QueryParam("after") long after,
            @QueryParam("limit") int limit);
}
