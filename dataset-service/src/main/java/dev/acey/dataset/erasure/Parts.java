package dev.acey.dataset.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The other services' parts, as they speak. */
interface Parts {

    /** log-service, which works at it by itself. */
    @RegisterRestClient(configKey = "log-service")
    @RegisterClientHeaders
    @Path("/internal/subjects")
    @Produces(MediaType.APPLICATION_JSON)
    interface LogService {

        @DELETE
        @Path("{user}")
        Uni<LogErasure> erase(@PathParam("user") String user, @HeaderParam("Prefer") String prefer);

        @GET
        @Path("erasures/{id}")
        Uni<LogErasure> erasure(@PathParam("id") UUID id);
    }

    /** rollout-service, which is asked step by step. */
    @RegisterRestClient(configKey = "rollout-service")
    @RegisterClientHeaders
    @Path("/internal/subjects")
    @Produces(MediaType.APPLICATION_JSON)
    interface RolloutService {

        @DELETE
        @Path("{user}")
        Uni<Step> erase(@PathParam("user") String user, @QueryParam("cursor") String cursor);
    }

    /** simulation-service, which is asked step by step. */
    @RegisterRestClient(configKey = "simulation-service")
    @RegisterClientHeaders
    @Path("/internal/subjects")
    @Produces(MediaType.APPLICATION_JSON)
    interface SimulationService {

        @DELETE
        @Path("{user}")
        Uni<Step> erase(@PathParam("user") String user, @QueryParam("cursor") String cursor);
    }

    /**
     * @param state running, completed, failed or cancelled
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LogErasure(UUID id, String state, long logs) {}

    /**
     * What came of a step.
     *
     * @param cursor where the next goes on; null after the last
     * @param later whether the next is better asked for a little later; missing is no
     * @param away replicas that are away and see to it when they come back; missing is none
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Step(long erased, String cursor, Boolean later, Integer away) {

        public Step {
            later = later != null && later;
            away = away == null ? 0 : away;
        }
    }
}
