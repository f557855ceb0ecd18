package dev.acey.log.review;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was decided and said about one entry. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class HistoryResource {

    private final HistoryReader reader;

    HistoryResource(HistoryReader reader) {
        this.reader = reader;
    }

    @GET
    @Path("/{id}/history")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What was decided and said about an entry, oldest first",
            description = "The first 1,000 decisions and as much feedback, up to 4 MiB of each.")
    public Uni<History> history(@PathParam("id") String id) {
        return reader.of(Query.idInPath(id, "log entry"))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no log entry " + id + ".")));
    }
}
