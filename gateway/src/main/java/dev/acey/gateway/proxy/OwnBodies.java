package dev.acey.gateway.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds the bodies the gateway reads itself. Quarkus's one limit for a server cannot do it: it
 * comes before the front door, where a body of any size only passes through.
 */
@ApplicationScoped
class OwnBodies {

    /** Just after Quarkus's own limit, which it replaces. */
    private static final int ORDER = -1;

    private final long limit;
    private final BodyHandler bounded;
    private final ObjectMapper json;

    OwnBodies(@ConfigProperty(name = "acey.own-body-limit") MemorySize limit, ObjectMapper json) {
        this.limit = limit.asLongValue();
        this.bounded = BodyHandler.create(false).setBodyLimit(this.limit);
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route()
                .order(ORDER)
                .handler(this::check)
                .handler(OwnBodies::neverNone)
                .failureHandler(this::failed);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean tooLarge =
                length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > limit;
        if (tooLarge) {
            // Read and forget the body: a connection closed on it would take the answer along.
            context.request().resume();
            refuse(context);
        } else if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            bounded.handle(context);
        } else {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            context.next();
        }
    }

    /** A body that was read and turned out empty is empty: REST would wait for it to come. */
    private static void neverNone(RoutingContext context) {
        if (context.request().isEnded() && context.body().buffer() == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() == 413 && !context.response().headWritten()) {
            refuse(context);
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context) {
        new Refusal(413, "The body is larger than this path takes.", 0).answer(context, json);
    }
}
