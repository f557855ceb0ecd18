package dev.acey.rollout.lineage;

import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where dataset-service says what a model it had trained learned from. */
@Path("/internal/models/{name}/lineage")
class LineageResource {

    private final Lineages lineages;

    LineageResource(Lineages lineages) {
        this.lineages = lineages;
    }

    /** 404 for a model that is not registered. Again is harmless. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Void> put(@PathParam("name") String name, @NotNull @Valid Lineage lineage) {
        return lineages.put(name, lineage)
                .invoke(
                        there -> {
                            if (!there) {
                                throw ProblemException.notFound("There is no model " + name + ".");
                            }
                        })
                .replaceWithVoid();
    }
}
