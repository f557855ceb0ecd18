package dev.acey.kit.anchor;

import dev.acey.kit.audit.Anchor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How our own services have their audit trails remembered here. */
@Path("/internal/audit/anchors/{service}")
@Produces(MediaType.APPLICATION_JSON)
public class AnchorResource {

    private static final int MOST = 1_000;

    private final Anchors kept;
    private final Keepers keepers;

    AnchorResource(Anchors anchors, Keepers keepers) {
        this.kept = anchors;
        this.keepers = keepers;
    }

    /** Remembers these links. One that is remembered already stays as it was. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Void> keep(
            @PathParam("service") String service,
            @NotNull @Size(min = 1, max = MOST) List<@NotNull @Valid Anchor> anchors) {
        return kept.keep(known(service), anchors);
    }

    /**
     * Anchors behind a link, oldest first.
     *
     * @param after the link's seq; missing for the beginning
     */
    @GET
    @Operation(hidden = true)
    public Uni<List<Anchor>> behind(
            @PathParam("service") String service,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit) {
        return kept.behind(known(service), Query.position("after", after), Query.limit(limit));
    }

    /** The newest anchor alone; an empty list before the first. */
    @GET
    @Path("/newest")
    @Operation(hidden = true)
    public Uni<List<Anchor>> newest(@PathParam("service") String service) {
        return kept.newest(known(service));
    }

    private String known(String service) {
        if (!keepers.services().contains(service)) {
            throw ProblemException.notFound("There is no service " + service + ".");
        }
        return service;
    }
}
