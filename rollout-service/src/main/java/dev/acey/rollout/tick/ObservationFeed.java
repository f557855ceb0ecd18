package dev.acey.rollout.tick;

import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads the feed. It is asked again and again: asking is the retry. */
@ApplicationScoped
class ObservationFeed {

    /** A page with fewer ends at what is known now. */
    static final int PAGE = 1_000;

    private final ObservationClient client;

    ObservationFeed(@RestClient ObservationClient client) {
        this.client = client;
    }

    /**
     * The next observations of this rollout; whatever keeps log-service from answering is a 503.
     */
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Observed.Page> after(String place, UUID rollout) {
        return client.after(place, rollout.toString(), PAGE)
                .onFailure(WebApplicationException.class)
                .transform(
                        failure ->
                                ProblemException.unavailable(
                                        "log-service answered "
                                                + ((WebApplicationException) failure)
                                                        .getResponse()
                                                        .getStatus()
                                                + " when it was asked for observations."));
    }
}
