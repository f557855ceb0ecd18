package dev.acey.kit.rules;

import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks rollout-service. */
@ApplicationScoped
class RuleService {

    private static final int WAIT_SECONDS = 20;
    private static final int NOT_FOUND = 404;

    private final RuleServiceClient client;

    RuleService(@RestClient RuleServiceClient client) {
        this.client = client;
    }

    /**
     * The active set, as soon as it is another than the known one (null: at once), else the known
     * one after a while. Whoever follows asks again and again: asking is the retry.
     */
    @Timeout(value = WAIT_SECONDS + 5, unit = ChronoUnit.SECONDS)
    Uni<Activation> active(Activation known) {
        return known == null
                ? client.active(null, 0)
                : client.active(known.version(), WAIT_SECONDS);
    }

    /** The set's canonical JSON; empty where rollout-service has no such set. */
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    @Retry(
            maxRetries = 2,
            delay = 100,
            jitter = 50,
            abortOn = {ProblemException.class, CircuitBreakerOpenException.class})
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Optional<String>> canonical(String hash) {
        return client.canonical(hash)
                .map(Optional::of)
                .onFailure(RuleService::isMissing)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() == NOT_FOUND;
    }
}
