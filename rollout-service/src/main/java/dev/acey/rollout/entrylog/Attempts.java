package dev.acey.rollout.entrylog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Single attempts to post entries, tried again as long as that may help: ids make it harmless. */
@ApplicationScoped
class Attempts {

    private static final int TIMEOUT_SECONDS = 5;
    private static final int TOO_MANY_REQUESTS = 429;

    private final LogServiceClient client;

    Attempts(@RestClient LogServiceClient client) {
        this.client = client;
    }

    /**
     * @param doubtful counts the attempts of which it is not certain that they stored nothing
     */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    @Retry(
            maxRetries = 2,
            delay = 100,
            jitter = 50,
            abortOn = {EntryLog.RefusedException.class, CircuitBreakerOpenException.class})
    @CircuitBreaker(
            requestVolumeThreshold = 10,
            delay = 1,
            delayUnit = ChronoUnit.SECONDS,
            skipOn = EntryLog.RefusedException.class)
    Uni<Receipt> post(byte[] ndjson, AtomicInteger doubtful) {
        doubtful.incrementAndGet();
        return client.post(ndjson)
                .onFailure(Attempts::isRefusal)
                .transform(EntryLog.RefusedException::new)
                .onFailure(Attempts::nothingStored)
                .invoke(doubtful::decrementAndGet);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() / 100 == 4
                && web.getResponse().getStatus() != TOO_MANY_REQUESTS;
    }

    private static boolean nothingStored(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof EntryLog.RefusedException
                    || t instanceof ConnectException
                    || t instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
