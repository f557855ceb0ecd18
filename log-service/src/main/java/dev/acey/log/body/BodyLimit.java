package dev.acey.log.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Problem;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Bodies have at most {@value #BYTES} bytes, else 413; only bulk bodies are streamed, whatever
 * their size.
 *
 * <p>What a client still sends after it was answered is read and thrown away: many clients read an
 * answer only when they have sent all, and a connection closed on them hides it.
 */
@ApplicationScoped
public class BodyLimit {

    /** As much as one entry may have. */
    public static final int BYTES = 1 << 20;

    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> STREAMED =
            Set.of("/api/logs", "/api/logs/", "/internal/logs", "/internal/logs/");

    private final BodyHandler bounded = BodyHandler.create(false).setBodyLimit(BYTES);
    private final ObjectMapper json;

    BodyLimit(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route()
                .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT)
                .handler(this::bound)
                .handler(BodyLimit::neverNone)
                .failureHandler(this::refuse);
    }

    private void bound(RoutingContext context) {
        context.addEndHandler(answered -> context.request().resume());
        if (isUnbounded(context)) {
            context.next();
        } else if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            bounded.handle(context);
        } else if (lengthOf(context) > BYTES) {
            context.fail(413);
        } else {
            context.next();
        }
    }

    private static boolean isUnbounded(RoutingContext context) {
        HttpMethod method = context.request().method();
        return WITHOUT_BODY.contains(method)
                || (method.equals(HttpMethod.POST) && STREAMED.contains(context.normalizedPath()));
    }

    private static long lengthOf(RoutingContext context) {
        return Long.parseLong(context.request().getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    /** A body that was read and turned out empty is empty: REST would wait for it to come. */
    private static void neverNone(RoutingContext context) {
        if (context.request().isEnded() && context.body().buffer() == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }

    private void refuse(RoutingContext context) {
        if (context.statusCode() != 413 || context.response().headWritten()) {
            context.next();
            return;
        }
        Problem refusal = Problem.of(413, "The body is larger than " + BYTES + " bytes.");
        context.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(write(refusal, context.request().path()));
    }

    private String write(Problem problem, String path) {
        try {
            return json.writeValueAsString(
                    new Problem(
                            problem.type(),
                            problem.title(),
                            problem.status(),
                            problem.detail(),
                            path,
                            problem.errors()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document always encodes", e);
        }
    }
}
