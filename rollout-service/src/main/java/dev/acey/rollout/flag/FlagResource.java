package dev.acey.rollout.flag;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/internal/flags/{taskType}")
@Produces(MediaType.APPLICATION_JSON)
class FlagResource {

    private final Flags flags;

    FlagResource(Flags flags) {
        this.flags = flags;
    }

    /** Also lifts the kill switch from the task. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<FlagSettings> put(
            @PathParam("taskType") String taskType, @NotNull @Valid FlagCommand body) {
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        body.check();
        return flags.put(taskType, body);
    }
}
