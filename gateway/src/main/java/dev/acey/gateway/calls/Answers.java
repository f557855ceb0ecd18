package dev.acey.gateway.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ClientWebApplicationException;

/**
 * Tells apart how a call can fail: a service that says no ({@link RefusedByService}) from one that
 * is down or broken for now, which is a 503 problem and worth another try.
 */
@Singleton
class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    <T> Uni<T> of(Service service, Uni<T> call) {
        return call.onFailure().transform(failure -> explain(service, failure));
    }

    private Throwable explain(Service service, Throwable failure) {
        if (!(failure instanceof ClientWebApplicationException answer)) {
            LOG.debugf(failure, "%s was not reached", service.title());
            return ProblemException.unavailable(service.title() + " cannot be reached.");
        }
        int status = answer.getResponse().getStatus();
        String said = service.title() + " answered " + status + ": " + detailOf(answer);
        boolean refused = status >= 400 && status < 500 && status != 408 && status != 429;
        return refused ? new RefusedByService(status, said) : ProblemException.unavailable(said);
    }

    /** What its problem document says, with the fields it names. */
    private String detailOf(ClientWebApplicationException answer) {
        String body = answer.getResponse().readEntity(String.class);
        try {
            JsonNode problem = json.readTree(body);
            StringBuilder detail = new StringBuilder(problem.path("detail").asText("no detail"));
            problem.path("errors")
                    .forEach(
                            error ->
                                    detail.append(' ')
                                            .append(error.path("pointer").asText())
                                            .append(' ')
                                            .append(error.path("detail").asText())
                                            .append('.'));
            return detail.toString();
        } catch (IOException e) {
            return "no problem document";
        }
    }
}
