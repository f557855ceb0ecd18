package dev.acey.simulation.ask;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** rollout-service as it speaks of models, and for them. */
@RegisterRestClient(configKey = "models")
@RegisterClientHeaders
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface ModelsClient {

    @GET
    @Path("api/models/{name}")
    Uni<Model> model(@PathParam("name") String name);

    /** Asks the model a chat completion; {@link Told} in UTF-8. */
    @POST
    @Path("internal/models/{name}/ask")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<byte[]> ask(
            @PathParam("name") String name,
            @HeaderParam("X-Acey-Task") String taskType,
            byte[] request);
}
