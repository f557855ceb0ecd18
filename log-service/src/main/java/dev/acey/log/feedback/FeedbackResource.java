package dev.acey.log.feedback;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.early.Waiting;
import dev.acey.log.redact.Redaction;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
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

/** Feedback on one entry. */
@Path("/api/logs")
@Tag(name = "Phase 5: monitoring")
public class FeedbackResource {

    private final FeedbackStore store;
    private final Redaction redaction;
    private final Clock clock;

    FeedbackResource(FeedbackStore store, Redaction redaction, Clock clock) {
        this.store = store;
        this.redaction = redaction;
        this.clock = clock;
    }

    @POST
    @Path("/{id}/feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say something about an entry: right or wrong, how good, or what was right",
            description = "Each call adds one; none replaces another.")
    @APIResponse(
            responseCode = "201",
            description = "stored",
            content = @Content(schema = @Schema(implementation = Feedback.class)))
    @APIResponse(
            responseCode = "202",
            description = "the entry is not here yet; the feedback is kept and waits for it",
            content = @Content(schema = @Schema(implementation = Waiting.class)))
    @APIResponse(responseCode = "404", description = "there is no such entry")
    public Uni<RestResponse<Object>> add(@PathParam("id") String path, FeedbackCommand command) {
        UUID id = Query.idInPath(path, "log entry");
        if (command == null) {
            throw ProblemException.invalid("/metric", "is required");
        }
        FeedbackCommand kept = redacted(command);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return store.add(id, kept, now)
                .map(
                        waiting ->
                                waiting == null
                                        ? RestResponse.status(
                                                RestResponse.Status.CREATED, stored(id, kept, now))
                                        : RestResponse.status(
                                                RestResponse.Status.ACCEPTED, waiting));
    }

    private FeedbackCommand redacted(FeedbackCommand command) {
        return new FeedbackCommand(
                command.metric(),
                redaction.json(command.value()),
                redaction.text(command.comment()),
                command.reviewer());
    }

    private static Feedback stored(UUID id, FeedbackCommand command, Instant now) {
        return new Feedback(
                id, command.metric(), command.value(), command.comment(), command.reviewer(), now);
    }
}
