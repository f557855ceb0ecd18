package dev.acey.gateway.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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
    private final ObjectMapper json;

    OwnBodies(@ConfigProperty(name = "acey.own-body-limit") MemorySize limit, ObjectMapper json) {
        this.limit = limit.asLongValue();
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(this::check);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean tooLarge =
                length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > limit;
        if (tooLarge) {
            // Read and forget the body: a connection closed on it would take the answer along.
            context.request().resume();
            new Refusal(413, "The body is larger than this path takes.", 0).answer(context, json);
        } else {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            context.next();
        }
    }
}
