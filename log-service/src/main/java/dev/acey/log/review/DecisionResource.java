package dev.acey.log.review;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.query.EntryReader;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A person's decision on one entry. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class DecisionResource {

    private final DecisionWriter writer;
    private final EntryReader reader;
    private final Clock clock;

    DecisionResource(DecisionWriter writer, EntryReader reader, Clock clock) {
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    @PUT
    @Path("/{id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Decide about an entry; a person outranks the rules")
    @APIResponse(
            responseCode = "200",
            description = "the entry as decided",
            content = @Content(schema = @Schema(implementation = LogEntry.class)))
    public Uni<byte[]> decide(@PathParam("id") String path, DecisionCommand command) {
        UUID id = Query.idInPath(path, "log entry");
        if (command == null) {
            throw ProblemException.invalid("/decision", "is required");
        }
        return writer.decide(id, command, clock.instant())
                .chain(() -> reader.find(id))
                .map(found -> found.map(Buffer::getBytes).orElseThrow());
    }
}
