package dev.acey.gateway.proxy;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
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

    OwnBodies(@ConfigProperty(name = "acey.own-body-limit") MemorySize limit) {
        this.limit = limit.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(BodyHandler.create(false).setBodyLimit(limit));
    }
}
