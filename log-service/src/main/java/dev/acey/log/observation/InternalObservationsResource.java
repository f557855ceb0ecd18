package dev.acey.log.observation;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What our own services read of the calls of rollouts. */
@Path("/internal/observations")
public class InternalObservationsResource {

    private static final Pattern ROLLOUT = Pattern.compile("\\P{Cntrl}{1,64}");

    private final Observations observations;

    InternalObservationsResource(Observations observations) {
        this.observations = observations;
    }

    /**
     * What came in after a place, oldest first: each call and each feedback once, and nothing ever
     * comes behind a place that was read.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<ObservationPage> observations(
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @QueryParam("rolloutId") String rolloutId) {
        String rollout = rolloutId == null || rolloutId.isEmpty() ? null : rolloutId;
        if (rollout != null && !ROLLOUT.matcher(rollout).matches()) {
            throw ProblemException.invalid(
                    "/rolloutId", "must be 1 to 64 characters without control characters");
        }
        return observations.after(ObservationCursor.of(after), rollout, Query.limit(limit));
    }
}
