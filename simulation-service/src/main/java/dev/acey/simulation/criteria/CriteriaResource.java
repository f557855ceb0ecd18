package dev.acey.simulation.criteria;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/simulate/criteria}. */
@Path("/api/simulate/criteria/{taskType}")
@Tag(name = "Simulation")
@Produces(MediaType.APPLICATION_JSON)
public class CriteriaResource {

    private final CriteriaStore store;
    private final Clock clock;

    CriteriaResource(CriteriaStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "When a task passes a simulation")
    public Uni<TaskCriteria> criteria(@PathParam("taskType") String taskType) {
        return store.of(known(taskType));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Decide when a task passes a simulation",
            description =
                    "What is left out is as by default; a reason is required. A simulation goes by"
                            + " what holds when it sums up.")
    public Uni<TaskCriteria> decide(
            @PathParam("taskType") String taskType, CriteriaCommand command) {
        if (command == null) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        return store.put(known(taskType), command, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String known(String taskType) {
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        return taskType;
    }
}
