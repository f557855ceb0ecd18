package dev.acey.kit.anchor;

import dev.acey.kit.audit.Anchor;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The service that remembers this one's audit trail. */
@Path("/internal/audit/anchors/{service}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface KeeperClient {

    @POST
    Uni<Void> keep(@PathParam("service") String service, List<Anchor> anchors);

    @GET
    @Path("/newest")
    Uni<List<Anchor>> newest(@PathParam("service") String service);
}
