package dev.acey.gateway.calls;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "dataset-service")
@RegisterClientHeaders
@Path("/api/finetune")
interface FineTuneApi {

    @POST
    Uni<FineTune> begin(
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Prefer") String prefer,
            FineTune.Order order);

    @GET
    @Path("/{id}")
    Uni<FineTune> fineTune(@PathParam("id") String id);
}
