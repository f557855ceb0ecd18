package dev.acey.kit.audit;

import dev.acey.kit.page.Query;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How the gateway reads this service's audit trail. */
@Path("/internal/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditLinksResource {

    private final AuditTrail trail;

    AuditLinksResource(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Links behind one, oldest first.
     *
     * @param after that link's seq; missing for the beginning
     */
    @GET
    @Path("/links")
    @Operation(hidden = true)
    public Uni<List<AuditLink>> links(
            @QueryParam("after") String after, @QueryParam("limit") String limit) {
        return trail.links(Query.position("after", after), Query.limit(limit));
    }

    /**
     * Links by their time, newest first.
     *
     * @param subjects any of these; none for all
     * @param beforeAt together with {@code beforeSeq} the place where the page before ended
     */
    @GET
    @Path("/newest")
    @Operation(hidden = true)
    public Uni<List<AuditLink>> newest(
            @QueryParam("subject") List<String> subjects,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("beforeAt") String beforeAt,
            @QueryParam("beforeSeq") String beforeSeq,
            @QueryParam("limit") String limit) {
        Instant at = Query.time("beforeAt", beforeAt);
        return trail.newest(
                new AuditFilter(
                        subjects,
                        Query.time("from", from),
                        Query.time("to", to),
                        at == null
                                ? null
                                : new AuditFilter.Place(at, Query.position("beforeSeq", beforeSeq)),
                        Query.limit(limit)));
    }
}
