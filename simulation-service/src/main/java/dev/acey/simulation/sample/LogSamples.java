package dev.acey.simulation.sample;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.cases.NewCase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Samples of what log-service has stored. */
@ApplicationScoped
public class LogSamples {

    private static final String LIVE = "live";
    private static final int TIMEOUT_SECONDS = 60;

    private final LogServiceClient client;
    private final ObjectMapper json;
    private final Vertx vertx;

    LogSamples(@RestClient LogServiceClient client, ObjectMapper json, Vertx vertx) {
        this.client = client;
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * Draws a sample of live calls that were judged, each with the verdict it got.
     *
     * @param selection with a seed
     * @return fewer than asked where there are fewer
     */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    @Retry(maxRetries = 3, delay = 200, jitter = 100, abortOn = ProblemException.class)
    @CircuitBreaker(skipOn = ProblemException.class)
    public Uni<List<NewCase>> draw(Selection selection) {
        return client.sample(
                        selection.taskType().isEmpty()
                                ? null
                                : String.join(",", selection.taskType()),
                        selection.from(),
                        selection.to(),
                        selection.sampleSize(),
                        selection.seed(),
                        LIVE)
                .onFailure(LogSamples::isRefusal)
                .transform(LogSamples::refused)
                .chain(body -> vertx.executeBlocking(() -> cases(body), false));
    }

    /** One entry after the other, so that memory holds each only as the bytes that are stored. */
    private List<NewCase> cases(byte[] body) throws IOException {
        List<NewCase> cases = new ArrayList<>();
        ObjectReader entries =
                json.readerFor(LogEntry.class)
                        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (JsonParser in = json.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean logs = in.currentName().equals("logs");
                in.nextToken();
                if (!logs) {
                    in.skipChildren();
                    continue;
                }
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    cases.add(NewCase.of(json, entries.readValue(in), null));
                }
            }
        }
        return cases;
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
