package dev.acey.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Problem documents for what fails before or beside the REST layer: no route, a body too large. */
@ApplicationScoped
class ProblemRoutes {

    private static final int[] STATUSES = {400, 404, 405, 406, 408, 413, 414, 415, 431, 500, 503};

    private final ObjectMapper json;
    private final MemorySize maxBodySize;

    ProblemRoutes(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.json = json;
        this.maxBodySize = maxBodySize;
    }

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, context -> answer(context, status));
        }
        router.route()
                .order(Integer.MIN_VALUE + 1)
                .handler(this::refuseLargeBody)
                .failureHandler(this::failed);
    }

    /**
     * Before Quarkus does the same without a word. What the client still sends is read and thrown
     * away: many read an answer only when they have sent all.
     */
    private void refuseLargeBody(RoutingContext context) {
        if (declaredLength(context) > maxBodySize.asLongValue()) {
            context.addEndHandler(answered -> context.request().resume());
            answer(context, 413);
        } else {
            context.next();
        }
    }

    /** A handler that gave up with a status alone; Quarkus would answer without a body. */
    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        boolean statusAlone = failure == null || failure instanceof HttpException;
        if (statusAlone && context.statusCode() >= 400) {
            answer(context, context.statusCode());
        } else {
            context.next();
        }
    }

    private static long declaredLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private void answer(RoutingContext context, int status) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Problem problem = Problem.of(status, detailOf(context, status));
        ProblemForm form = ProblemForm.of(problem, context.request().path());
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, form.mediaType())
                .end(body(form));
    }

    private static String detailOf(RoutingContext context, int status) {
        return switch (status) {
            case 404 -> "There is nothing at " + context.request().path() + ".";
            case 413 -> "The body is larger than this path takes.";
            case 503 -> "The service cannot answer right now. Try again later.";
            case 500 -> "This is a defect of the service, not of the request.";
            default -> "The request could not be read.";
        };
    }

    private String body(ProblemForm form) {
        try {
            return json.writeValueAsString(form.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document always encodes", e);
        }
    }
}
