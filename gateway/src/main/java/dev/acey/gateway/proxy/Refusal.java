package dev.acey.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemForm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/**
 * An answer of the gateway itself, in the form its path asks for.
 *
 * @param retryAfterSeconds when it is worth trying again; 0 if that makes no difference
 */
record Refusal(int status, String detail, int retryAfterSeconds) {

    static Refusal nothingThere() {
        return new Refusal(404, "There is nothing at this path.", 0);
    }

    /** Answers a request that was not passed on. */
    void answer(RoutingContext context, ObjectMapper json) {
        ProblemForm form = form(context.request());
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, form.mediaType())
                .end(body(form, json));
    }

    /** Answers instead of the service; what the client still sends is read and forgotten. */
    ProxyResponse answer(ProxyRequest request, ObjectMapper json) {
        ProxyResponse answer = request.release().response();
        ProblemForm form = form(request.proxiedRequest());
        answer.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, form.mediaType());
        if (retryAfterSeconds > 0) {
            answer.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
        }
        return answer.setBody(Body.body(body(form, json)));
    }

    private ProblemForm form(HttpServerRequest request) {
        return ProblemForm.of(Problem.of(status, detail), request.path());
    }

    private static Buffer body(ProblemForm form, ObjectMapper json) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(form.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document always encodes", e);
        }
    }
}
