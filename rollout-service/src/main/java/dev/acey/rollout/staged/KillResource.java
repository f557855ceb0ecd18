package dev.acey.rollout.staged;

import dev.acey.rollout.flag.KillCommand;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/rollout/kill")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rollouts")
class KillResource {

    private final Rollouts rollouts;

    KillResource(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** The tasks that are held at their baseline now, of those asked for. */
    record Killed(List<String> tasks) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Every task, or one, back to its baseline at once, on every replica",
            description =
                    "Every key gets the baseline, pinned ones too, and nothing is shadowed, until"
                            + " the task's candidate is switched on anew. Rollouts pause.")
    public Uni<Killed> kill(@NotNull @Valid KillCommand body) {
        return rollouts.kill(body).map(Killed::new);
    }
}
