package dev.acey.log.retention;

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

/** How long entries are kept. */
@Path("/api/logs/retention")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 1: data collection")
public class RetentionResource {

    private final Retention retention;
    private final Upkeep upkeep;
    private final Clock clock;

    RetentionResource(Retention retention, Upkeep upkeep, Clock clock) {
        this.retention = retention;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "How long entries, their payloads and archived days are kept")
    public Uni<RetentionPolicy> get() {
        return retention.read();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change how long entries, their payloads and archived days are kept",
            description =
                    "What is missing stays as it is. Days past their time are dropped within"
                            + " minutes and do not come back when the time is made longer again.")
    public Uni<RetentionPolicy> put(RetentionCommand command) {
        if (command == null) {
            throw ProblemException.invalid("", "a body is required");
        }
        return retention.change(command, clock.instant()).invoke(changed -> upkeep.soon());
    }
}
