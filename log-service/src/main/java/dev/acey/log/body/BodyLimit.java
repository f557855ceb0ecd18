package dev.acey.log.body;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Bodies are at most {@value #BYTES} bytes, else 413; only bulk bodies are streamed, whatever their
 * size.
 */
@ApplicationScoped
public class BodyLimit {

    /** As much as one entry may have. */
    public static final int BYTES = 1 << 20;

    private static final Set<String> STREAMED =
            Set.of("/api/logs", "/api/logs/", "/internal/logs", "/internal/logs/");

    private final BodyHandler bounded = BodyHandler.create(false).setBodyLimit(BYTES);

    void register(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT).handler(this::bound);
    }

    private void bound(RoutingContext context) {
        boolean streamed =
                context.request().method().equals(HttpMethod.POST)
                        && STREAMED.contains(context.normalizedPath());
        if (streamed) {
            context.next();
        } else {
            bounded.handle(context);
        }
    }
}
