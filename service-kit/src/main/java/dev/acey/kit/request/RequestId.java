package dev.acey.kit.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives every request an id: the client's own {@code X-Request-Id} where it is plain (up to 128
 * letters, digits, dots, underscores, dashes), else a new UUIDv7. Every answer carries it, every
 * log line names it, and REST clients pass it on.
 */
@ApplicationScoped
public class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(RequestId::identify);
    }

    /** The id of this request. */
    public static String of(HttpServerRequest request) {
        return request.getHeader(HEADER);
    }

    private static void identify(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id =
                given != null && PLAIN.matcher(given).matches()
                        ? given
                        : UuidCreator.getTimeOrderedEpoch().toString();
        context.request().headers().set(HEADER, id);
        context.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
        context.next();
    }
}
