package dev.acey.simulation.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acey.simulation.body.JsonBody;
import dev.acey.simulation.output.AceyOutput;
import io.smallrye.common.annotation.Blocking;
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

/** {@code POST /api/compare}. */
@Path("/api/compare")
@Tag(name = "Simulation")
public class CompareResource {

    private final JsonBody body;

    CompareResource(JsonBody body) {
        this.body = body;
    }

    /** Compares two outputs. Not on an event loop: long texts take the processor a while. */
    @POST
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How two outputs differ")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CompareRequest.class)))
    public Comparison compare(byte[] bytes) throws JsonProcessingException {
        CompareRequest request = body.read(bytes, CompareRequest.class);
        return Comparison.of(new AceyOutput(request.outputA()), new AceyOutput(request.outputB()));
    }
}
