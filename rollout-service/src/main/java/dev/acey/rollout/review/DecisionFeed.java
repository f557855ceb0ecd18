package dev.acey.rollout.review;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads the feed. It is asked every few seconds: asking is the retry. */
@ApplicationScoped
class DecisionFeed {

    private static final int PAGE = 100;
    private static final int TIMEOUT_SECONDS = 10;
    private static final int NOT_FOUND = 404;

    private final DecisionFeedClient client;

    DecisionFeed(@RestClient DecisionFeedClient client) {
        this.client = client;
    }

    /** The decisions after this position, oldest first; none where there is no feed. */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Decided.Page> after(long position) {
        return client.after(position, PAGE)
                .onFailure(DecisionFeed::isMissing)
                .recoverWithItem(() -> new Decided.Page(List.of(), position));
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() == NOT_FOUND;
    }
}
