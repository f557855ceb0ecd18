package dev.acey.log.threshold;

import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What alerts are measured by. */
@Path("/api/alerts/thresholds")
@Tag(name = "Phase 5: monitoring")
@Produces(MediaType.APPLICATION_JSON)
public class ThresholdsResource {

    private final ThresholdStore store;
    private final Clock clock;

    ThresholdsResource(ThresholdStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "The thresholds of alerts")
    public Uni<Thresholds> thresholds() {
        return store.read();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change thresholds of alerts",
            description = "What is left out stays as it is. Answers with all that hold now.")
    public Uni<Thresholds> change(ThresholdsCommand command) {
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        return store.change(command, clock.instant());
    }
}
