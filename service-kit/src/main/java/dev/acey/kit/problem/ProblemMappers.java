package dev.acey.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.acey.kit.request.RequestId;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one table from failures to answers.
 *
 * <table>
 *   <tr><td>{@link ProblemException}</td><td>as it says</td></tr>
 *   <tr><td>malformed JSON, a field of the wrong type, an unknown field</td><td>400</td></tr>
 *   <tr><td>a bean constraint</td><td>400</td></tr>
 *   <tr><td>no such path, method, type</td><td>404, 405, 406, 415</td></tr>
 *   <tr><td>a dependency that is down ({@link Dependencies})</td><td>503</td></tr>
 *   <tr><td>a text with U+0000 where none can be stored</td><td>400</td></tr>
 *   <tr><td>anything else</td><td>500, logged with the request id, told without its cause</td></tr>
 * </table>
 */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final AllowedMethods allowed;

    ProblemMappers(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException e, HttpServerRequest request) {
        return answer(e.problem(), e.retryAfterSeconds(), request);
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException e, HttpServerRequest request) {
        return answer(JsonProblems.of(e), 0, request);
    }

    /** Quarkus answers this one by itself, in another form, unless it is named. */
    @ServerExceptionMapper
    public Response json(MismatchedInputException e, HttpServerRequest request) {
        return answer(JsonProblems.of(e), 0, request);
    }

    @ServerExceptionMapper
    public Response constraints(ConstraintViolationException e, HttpServerRequest request) {
        return answer(ConstraintProblems.of(e), 0, request);
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException e, HttpServerRequest request) {
        if (Dependencies.isFromClient(e)) {
            return unexpected(e, request);
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json, request);
        }
        if (e.getCause() instanceof ProblemException problem) {
            return problem(problem, request);
        }
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        Response answer = answer(Problem.of(status, detailOf(status, request)), 0, request);
        Set<String> methods = status == 405 ? allowed.at(request.path()) : Set.of();
        return methods.isEmpty() ? answer : Response.fromResponse(answer).allow(methods).build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e, HttpServerRequest request) {
        if (Dependencies.isDown(e)) {
            LOG.warnf(
                    "%s %s: a dependency is down: %s", request.method(), request.path(), rootOf(e));
            return problem(
                    ProblemException.unavailable(
                            "Something this needs cannot be reached right now. Try again later."),
                    request);
        }
        if (Dependencies.cannotStore(e)) {
            return answer(
                    Problem.of(400, "A text holds a character that cannot be stored here."),
                    0,
                    request);
        }
        LOG.errorf(e, "%s %s failed", request.method(), request.path());
        String detail =
                "This is a defect of the service, not of the request. Its log has more under"
                        + " request id "
                        + RequestId.of(request)
                        + ".";
        return answer(Problem.of(500, detail), 0, request);
    }

    private static String detailOf(int status, HttpServerRequest request) {
        return switch (status) {
            case 400 -> "The request could not be read.";
            case 404 -> "There is nothing at " + request.path() + ".";
            case 405 -> request.method() + " is not offered at " + request.path() + ".";
            case 406 -> "None of the types in Accept can be given here.";
            case 413 -> "The body is larger than this path takes.";
            case 415 -> "The body's media type is not taken here.";
            default -> "The request was refused.";
        };
    }

    private static Response answer(Problem problem, int retryAfter, HttpServerRequest request) {
        ProblemForm form = ProblemForm.of(problem, request.path());
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(form.mediaType()).entity(form.body());
        if (retryAfter > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return answer.build();
    }

    private static String rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.toString();
    }
}
