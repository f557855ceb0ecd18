package dev.acey.simulation.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acey.simulation.body.JsonBody;
import dev.acey.simulation.rules.RuleSets;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /api/dryrun}. */
@Path("/api/dryrun")
@Tag(name = "Simulation")
public class DryRunResource {

    private final JsonBody body;
    private final RuleSets sets;
    private final MeterRegistry meters;

    DryRunResource(JsonBody body, RuleSets sets, MeterRegistry meters) {
        this.body = body;
        this.sets = sets;
        this.meters = meters;
    }

    /**
     * Judges an output. Text is understood as JSON, because that is what a browser calls a string
     * that it posts. Not on an event loop: a large output takes the processor a while.
     */
    @POST
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What the rules would make of an output")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = DryRunRequest.class)))
    public Uni<DryRunAnswer> dryRun(byte[] bytes) throws JsonProcessingException {
        DryRunRequest request = body.read(bytes, DryRunRequest.class);
        return sets.named("/ruleSet", request.ruleSet())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(request::judge)
                .invoke(this::count);
    }

    private void count(DryRunAnswer answer) {
        meters.counter("acey.dryruns", "decision", answer.decision()).increment();
    }
}
