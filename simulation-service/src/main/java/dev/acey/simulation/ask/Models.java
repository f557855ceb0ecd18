package dev.acey.simulation.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.replay.Answer;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The models rollout-service has, and their answers. Each call is made once and never retried. */
@ApplicationScoped
public class Models {

    /** The model's server refuses the request itself, or us: asking again changes nothing. */
    private static final Set<String> LASTING =
            Set.of("upstream_rejected", "upstream_not_allowed", "model_key_missing");

    /** To tell what it knows; a model's answer has its own time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final int LONGEST_MESSAGE = 1_000;

    private final ModelsClient client;
    private final ObjectMapper json;
    private final Vertx vertx;

    Models(@RestClient ModelsClient client, ObjectMapper json, Vertx vertx) {
        this.client = client;
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * A model by its name.
     *
     * @param pointer where a client names it
     * @return fails with 422 for a name that no model has, with a dependency that is down while
     *     that cannot be asked
     */
    public Uni<Model> named(String pointer, String name) {
        return client.model(name)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(failure -> statusOf(failure) == 404)
                .transform(
                        failure -> ProblemException.refused(pointer, "is not a registered model"));
    }

    /**
     * Asks a model once.
     *
     * @param request a chat completion without model and stream
     * @param within given up after that
     * @return fails with 422 where the model is not registered any more
     */
    Uni<Outcome> ask(Model model, String taskType, ObjectNode request, Duration within) {
        return vertx.executeBlocking(() -> json.writeValueAsBytes(request), false)
                .chain(bytes -> client.ask(model.name(), taskType, bytes))
                .ifNoItem()
                .after(within)
                .fail()
                .chain(told -> vertx.executeBlocking(() -> answered(model, told), false))
                .onFailure()
                .recoverWithUni(failure -> outcome(model, failure));
    }

    private Outcome answered(Model model, byte[] told) throws IOException {
        return new Outcome.Answered(json.readValue(told, Told.class).answer(model.name()));
    }

    private Uni<Outcome> outcome(Model model, Throwable failure) {
        if (failure instanceof TimeoutException) {
            return failed(model, "upstream_timeout", "It gave no answer in time.", true);
        }
        int status = statusOf(failure);
        if (status == 404) {
            // A model just registered is known to the replica that asks it a moment later.
            return named("/config", model.name()).replaceWith(new Outcome.NotMade(null));
        }
        if (status == 429 || status == 503) {
            return Uni.createFrom().item(new Outcome.NotMade(waitOf(failure)));
        }
        if (status > 0) {
            JsonNode problem = problem(failure);
            String type = problem.path("type").asText("").replaceFirst("^.*[:/]", "");
            boolean said = status == 502 && type.matches("[a-z_]{1,64}");
            if (status >= 500 && !said) {
                return Uni.createFrom().item(new Outcome.Lost());
            }
            return failed(
                    model,
                    said ? type : "refused",
                    problem.path("detail").asText(""),
                    said && !LASTING.contains(type));
        }
        if (!Dependencies.isDown(failure)) {
            return Uni.createFrom().failure(failure);
        }
        return Uni.createFrom()
                .item(isUnreachable(failure) ? new Outcome.NotMade(null) : new Outcome.Lost());
    }

    private static Uni<Outcome> failed(Model model, String type, String detail, boolean passing) {
        String message =
                detail.length() <= LONGEST_MESSAGE ? detail : detail.substring(0, LONGEST_MESSAGE);
        return Uni.createFrom()
                .item(new Outcome.Failed(Answer.failure(model.name(), type, message), passing));
    }

    private JsonNode problem(Throwable failure) {
        String body = ((WebApplicationException) failure).getResponse().readEntity(String.class);
        try {
            JsonNode problem = body == null ? null : json.readTree(body);
            return problem == null ? json.missingNode() : problem;
        } catch (JsonProcessingException e) {
            return json.missingNode();
        }
    }

    /** What an HTTP answer said; 0 where there was none. */
    private static int statusOf(Throwable failure) {
        return failure instanceof WebApplicationException web && web.getResponse() != null
                ? web.getResponse().getStatus()
                : 0;
    }

    private static Duration waitOf(Throwable failure) {
        String said =
                ((WebApplicationException) failure)
                        .getResponse()
                        .getHeaderString(HttpHeaders.RETRY_AFTER);
        return said == null || !said.matches("\\d{1,9}")
                ? null
                : Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Integer.parseInt(said)));
    }

    private static boolean isUnreachable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof ConnectException || t instanceof java.net.UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
