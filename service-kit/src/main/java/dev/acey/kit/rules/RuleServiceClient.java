package dev.acey.kit.rules;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** rollout-service as it speaks of rule sets. */
@RegisterRestClient(configKey = "rollout-service")
@RegisterClientHeaders
@Path("/internal/rules")
@Produces(MediaType.APPLICATION_JSON)
interface RuleServiceClient {

    /** As soon as the version is another than the known one, else after the wait. */
    @GET
    @Path("/active")
    Uni<Activation> active(@QueryParam("known") Long known, @QueryParam("waitSeconds") int wait);

    /** The set's canonical JSON. */
    @GET
    @Path("/{hash}")
    Uni<String> canonical(@PathParam("hash") String hash);
}
