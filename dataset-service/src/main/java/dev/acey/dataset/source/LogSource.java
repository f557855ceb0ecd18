package dev.acey.dataset.source;

import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.problem.Dependencies;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * What log-service has stored. Every call is safe to repeat, and is repeated for as long as a
 * restart of log-service takes: starting a whole pass again costs more.
 */
@ApplicationScoped
public class LogSource {

    private static final int PAGE = 1_000;
    private static final int RETRIES = 6;
    private static final int TIMEOUT_SECONDS = 30;

    private final LogServiceClient client;
    private final Vertx vertx;

    LogSource(@RestClient LogServiceClient client, Vertx vertx) {
        this.client = client;
        this.vertx = vertx;
    }

    /**
     * The entries after a cursor, oldest first: up to {@value #PAGE} or, as log-service bounds a
     * page by its bytes too, fewer; the last page alone has no cursor.
     *
     * @param after the cursor of the page before; null for the first page
     */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    @Retry(maxRetries = RETRIES, delay = 200, jitter = 100)
    @RetryWhen(exception = Down.class)
    @ExponentialBackoff
    @CircuitBreaker(skipOn = Refused.class)
    public Uni<Page> page(Selection selection, String after) {
        return client.page(
                        after,
                        PAGE,
                        selection.joined(),
                        text(selection.from()),
                        text(selection.to()))
                .onFailure(LogSource::isRefusal)
                .transform(Refused::new)
                .chain(body -> vertx.executeBlocking(() -> Page.of(body), false));
    }

    /** How many entries there are, for telling how far along a job is. */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    @Retry(maxRetries = RETRIES, delay = 200, jitter = 100)
    @RetryWhen(exception = Down.class)
    @ExponentialBackoff
    @CircuitBreaker(skipOn = Refused.class)
    public Uni<Long> count(Selection selection) {
        return client.stats(text(selection.from()), text(selection.to()))
                .onFailure(LogSource::isRefusal)
                .transform(Refused::new)
                .map(stats -> stats.of(selection.taskTypes()));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() / 100 == 4
                && !Dependencies.isDown(web);
    }

    private static String text(Instant time) {
        return time == null ? null : JsonConventions.format(time);
    }

    /** log-service understood and said no: an answer, which asking again does not change. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(Throwable cause) {
            super("log-service refuses what it is asked", cause);
        }
    }

    /** A fault that passes: asked again, the answer may come. */
    public static final class Down implements Predicate<Throwable> {
        @Override
        public boolean test(Throwable failure) {
            return Dependencies.isDown(failure);
        }
    }
}
