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
@Path("/api/dataset/prepare")
interface DatasetApi {

    @POST
    Uni<Preparation> prepare(
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Prefer") String prefer,
            Preparation.Order order);

    @GET
    @Path("/{id}")
    Uni<Preparation> preparation(@PathParam("id") String id);
}
