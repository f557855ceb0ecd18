package dev.acey.log.collect;

import dev.acey.kit.entry.LogEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many entries in one body. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class BulkResource {

    private final BulkIntake intake;
    private final Admission admission;
    private final Clock clock;

    BulkResource(BulkIntake intake, Admission admission, Clock clock) {
        this.intake = intake;
        this.admission = admission;
        this.clock = clock;
    }

    @POST
    @Consumes(BulkIntake.NDJSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Log many calls: one entry a line, any number of lines",
            description =
                    "Lines have at most 1 MiB. Good lines are kept and bad ones named. After a"
                            + " broken connection send the body again: lines with an id are not"
                            + " stored twice.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = BulkIntake.NDJSON,
                            schema = @Schema(implementation = LogEntry.class)))
    public Uni<BulkAnswer> logs(@Context HttpServerRequest request) {
        return intake.load(request, sent -> admission.fromClient(sent, clock.instant()));
    }
}
