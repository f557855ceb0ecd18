package dev.acey.simulation.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/simulate/reference}: the voices that tasks are held against. */
@Path("/api/simulate/reference")
@Tag(name = "Simulation")
@Produces(MediaType.APPLICATION_JSON)
public class ReferenceResource {

    private final References references;
    private final Pinning pinning;
    private final ObjectMapper json;
    private final Clock clock;

    ReferenceResource(References references, Pinning pinning, ObjectMapper json, Clock clock) {
        this.references = references;
        this.pinning = pinning;
        this.json = json;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "The pinned references, by task")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> list() {
        return references
                .list()
                .map(list -> json.createObjectNode().set("references", json.valueToTree(list)));
    }

    @GET
    @Path("{taskType}")
    @Operation(summary = "A task's pinned reference")
    public Uni<PinnedReference> get(@PathParam("taskType") String taskType) {
        return references
                .find(taskType)
                .map(found -> found.orElseThrow(() -> nothingPinned(taskType)));
    }

    @PUT
    @Path("{taskType}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Pin a sample of a task's outputs as the voice to keep",
            description =
                    "Simulations of the task with a candidate say how far its voice is from this"
                            + " one. In place of the reference there may be.")
    public Uni<PinnedReference> pin(@PathParam("taskType") String taskType, PinCommand command) {
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        return pinning.pin(taskType, command, clock.instant());
    }

    @DELETE
    @Path("{taskType}")
    @Operation(summary = "Unpin a task's reference")
    @APIResponse(responseCode = "204", description = "unpinned")
    public Uni<Void> unpin(@PathParam("taskType") String taskType) {
        return pinning.unpin(taskType, clock.instant())
                .invoke(
                        gone -> {
                            if (!gone) {
                                throw nothingPinned(taskType);
                            }
                        })
                .replaceWithVoid();
    }

    private static ProblemException nothingPinned(String taskType) {
        return ProblemException.notFound("No reference is pinned for task " + taskType + ".");
    }
}
