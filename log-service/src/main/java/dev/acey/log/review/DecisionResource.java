package dev.acey.log.review;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.early.Waiting;
import dev.acey.log.query.EntryReader;
import dev.acey.log.redact.Redaction;
import dev.acey.log.store.EntryJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** A person's decision on one entry. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class DecisionResource {

    private final DecisionWriter writer;
    private final EntryReader reader;
    private final Redaction redaction;
    private final EntryJson json;
    private final Clock clock;

    DecisionResource(
            DecisionWriter writer,
            EntryReader reader,
            Redaction redaction,
            EntryJson json,
            Clock clock) {
        this.redaction = redaction;
        this.json = json;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    @PUT
    @Path("/{id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Decide about an entry; a person outranks the rules",
            description =
                    "For an entry that is under an hour old and not here yet the decision is kept"
                            + " and waits, for an hour.")
    @APIResponse(
            responseCode = "200",
            description = "the entry as decided",
            content = @Content(schema = @Schema(implementation = LogEntry.class)))
    @APIResponse(
            responseCode = "202",
            description = "the entry is not here yet; the decision is kept and waits for it",
            content = @Content(schema = @Schema(implementation = Waiting.class)))
    @APIResponse(responseCode = "404", description = "there is no such entry")
    public Uni<RestResponse<byte[]>> decide(@PathParam("id") String path, DecisionCommand command) {
        UUID id = Query.idInPath(path, "log entry");
        if (command == null) {
            throw ProblemException.invalid("/decision", "is required");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return writer.decide(id, redacted(command), now)
                .chain(
                        waiting ->
                                waiting == null
                                        ? reader.find(id)
                                                .map(entry -> entry.orElseThrow().getBytes())
                                                .map(RestResponse::ok)
                                        : Uni.createFrom().item(accepted(waiting)));
    }

    private DecisionCommand redacted(DecisionCommand command) {
        return new DecisionCommand(
                command.decision(),
                redaction.json(command.finalAction()),
                command.reviewer(),
                redaction.text(command.reason()));
    }

    private RestResponse<byte[]> accepted(Waiting waiting) {
        return RestResponse.status(RestResponse.Status.ACCEPTED, json.bytesOf(waiting).getBytes());
    }
}
