package dev.acey.log.collect;

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

/** Entries that our own services judged and routed. */
@Path("/internal/logs")
public class InternalBulkResource {

    private final BulkIntake intake;
    private final Admission admission;
    private final Clock clock;

    InternalBulkResource(BulkIntake intake, Admission admission, Clock clock) {
        this.intake = intake;
        this.admission = admission;
        this.clock = clock;
    }

    @POST
    @Consumes(BulkIntake.NDJSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<BulkAnswer> logs(@Context HttpServerRequest request) {
        return intake.load(request, sent -> admission.fromService(sent, clock.instant()));
    }
}
