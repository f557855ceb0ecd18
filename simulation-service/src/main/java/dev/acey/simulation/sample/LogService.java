package dev.acey.simulation.sample;

import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * What log-service has stored of live calls. Each call may be repeated, and is. Fails with 422 for
 * what log-service refuses.
 */
@ApplicationScoped
@Timeout(value = 60, unit = ChronoUnit.SECONDS)
@Retry(maxRetries = 4, delay = 200, jitter = 100, abortOn = ProblemException.class)
@ExponentialBackoff
@CircuitBreaker(skipOn = ProblemException.class)
public class LogService {

    private static final String LIVE = "live";

    private final LogServiceClient client;

    LogService(@RestClient LogServiceClient client) {
        this.client = client;
    }

    /**
     * The ids that a selection with a seed draws.
     *
     * @param model that answered the calls; null for any
     */
    public Uni<List<UUID>> drawn(Selection selection, String model) {
        return client.sample(
                        joined(selection.taskType()),
                        selection.from(),
                        selection.to(),
                        model,
                        selection.sampleSize(),
                        selection.seed(),
                        LIVE)
                .map(LogServiceClient.Drawn::ids)
                .onFailure(LogService::isRefusal)
                .transform(LogService::refused);
    }

    /** Entries by their ids: {@code {taken, logs, demonstrations}} in UTF-8. */
    public Uni<byte[]> entries(List<UUID> ids) {
        return client.entries(ids.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .onFailure(LogService::isRefusal)
                .transform(LogService::refused);
    }

    /**
     * The entries after a cursor, oldest first: {@code {nextCursor, logs}} in UTF-8.
     *
     * @param after null to begin
     */
    public Uni<byte[]> page(Window window, String after, int limit) {
        return client.page(
                        after, limit, joined(window.taskType()), window.from(), window.to(), LIVE)
                .onFailure(LogService::isRefusal)
                .transform(LogService::refused);
    }

    private static String joined(List<String> taskTypes) {
        return taskTypes.isEmpty() ? null : String.join(",", taskTypes);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() / 100 == 4
                && !Dependencies.isDown(web);
    }

    private static ProblemException refused(Throwable failure) {
        int status = ((WebApplicationException) failure).getResponse().getStatus();
        return new ProblemException(
                Problem.of(422, "log-service refused the selection with status " + status + "."));
    }
}
