package dev.acey.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/**
 * An answer of the gateway itself, as a problem document.
 *
 * @param retryAfterSeconds when it is worth trying again; 0 if that makes no difference
 */
record Refusal(int status, String detail, int retryAfterSeconds) {

    static Refusal nothingThere() {
        return new Refusal(404, "There is nothing at this path.", 0);
    }

    /** Answers a request that was not passed on. */
    void answer(RoutingContext context, ObjectMapper json) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body(context.request(), json));
    }

    /** Answers instead of the service; what the client still sends is read and forgotten. */
    ProxyResponse answer(ProxyRequest request, ObjectMapper json) {
        ProxyResponse answer = request.release().response();
        answer.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (retryAfterSeconds > 0) {
            answer.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
        }
        return answer.setBody(Body.body(body(request.proxiedRequest(), json)));
    }

    private Buffer body(HttpServerRequest request, ObjectMapper json) {
        Problem plain = Problem.of(status, detail);
        Problem problem =
                new Problem(
                        plain.type(),
                        plain.title(),
                        status,
                        detail,
                        request.path(),
                        plain.errors());
        try {
            return Buffer.buffer(json.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document always encodes", e);
        }
    }
}
