package dev.acey.rollout.past;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.guard.History;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks log-service how a task's calls went; whatever keeps it from answering is a 503. */
@ApplicationScoped
public class TaskPast {

    private static final Duration WINDOW = Duration.ofDays(1);
    private static final long STEP = 3_600;

    private final MetricsClient client;

    TaskPast(@RestClient MetricsClient client) {
        this.client = client;
    }

    /**
     * The last day's calls, all arms together: what was live then is the baseline now.
     *
     * @param slowMillis from where on a call is slow
     */
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    public Uni<History> of(String taskType, int slowMillis) {
        return client.metrics(taskType, WINDOW.toSeconds(), STEP)
                .map(metrics -> history(metrics, slowMillis))
                .onFailure(WebApplicationException.class)
                .transform(TaskPast::away);
    }

    static History history(JsonNode metrics, int slowMillis) {
        long requests = 0;
        long errors = 0;
        long rejections = 0;
        long slow = 0;
        long feedbacks = 0;
        long negatives = 0;
        for (JsonNode total : metrics.path("totals")) {
            long calls = total.path("requests").asLong();
            long said = total.path("feedback").asLong();
            requests += calls;
            errors += share(calls, total.path("errorRate").asDouble());
            rejections += share(calls, total.path("rejectionRate").asDouble());
            slow += share(calls, slowShare(total.path("responseTime"), slowMillis));
            feedbacks += said;
            negatives += share(said, 1 - total.path("accuracy").asDouble(1));
        }
        return requests == 0
                ? History.NONE
                : new History(
                        WINDOW.toSeconds(),
                        requests,
                        errors,
                        rejections,
                        slow,
                        0,
                        feedbacks,
                        negatives);
    }

    /**
     * The share of calls that took longer, read between the quantiles that are known. It need not
     * be exact: it is where the guard begins to learn the baseline's own share from.
     */
    static double slowShare(JsonNode quantiles, int slowMillis) {
        double p50 = quantiles.path("p50").asDouble();
        double p95 = quantiles.path("p95").asDouble();
        double p99 = quantiles.path("p99").asDouble();
        if (slowMillis < p50) {
            return 0.75;
        } else if (slowMillis < p95) {
            return 0.05 + 0.45 * (p95 - slowMillis) / (p95 - p50);
        } else if (slowMillis < p99) {
            return 0.01 + 0.04 * (p99 - slowMillis) / (p99 - p95);
        }
        return 0.005;
    }

    private static long share(long of, double rate) {
        return Math.round(of * rate);
    }

    private static ProblemException away(Throwable failure) {
        return ProblemException.unavailable(
                "log-service answered "
                        + ((WebApplicationException) failure).getResponse().getStatus()
                        + " when it was asked how the task did so far.");
    }
}
