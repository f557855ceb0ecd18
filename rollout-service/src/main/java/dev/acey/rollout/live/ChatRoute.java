package dev.acey.rollout.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.JsonProblems;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.problem.ProblemForm;
import dev.acey.kit.request.RequestId;
import dev.acey.rollout.task.Streaming;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * {@code POST /v1/chat/completions}: a route of its own below the REST layer, because a streamed
 * answer is decided on by what is asked for, and its client may be slow or gone. A client that
 * hangs up does not end its call.
 */
@ApplicationScoped
class ChatRoute {

    static final String PATH = "/v1/chat/completions";

    private static final Logger LOG = Logger.getLogger(ChatRoute.class);
    private static final String EVENTS = "text/event-stream";
    private static final int LARGEST_BODY = 16 << 20;
    private static final int SMALL_BODY = 64 << 10;

    private final Chat chat;
    private final ChatStream stream;
    private final ObjectMapper json;

    ChatRoute(Chat chat, ChatStream stream, ObjectMapper json) {
        this.chat = chat;
        this.stream = stream;
        this.json = json;
    }

    void register(@Observes Router router) {
        router.post(PATH).handler(this::receive);
        router.route(PATH).handler(ChatRoute::refuseMethod);
    }

    private static void refuseMethod(RoutingContext context) {
        context.response().putHeader(HttpHeaders.ALLOW, "POST");
        context.fail(405);
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Context caller = Vertx.currentContext();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).contains("json")) {
            context.fail(415);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(
                piece -> {
                    if (body.length() <= LARGEST_BODY) {
                        body.appendBuffer(piece);
                    }
                });
        request.endHandler(
                end -> {
                    if (body.length() > LARGEST_BODY) {
                        context.fail(413);
                    } else {
                        serve(request, body, caller);
                    }
                });
        request.resume();
    }

    private void serve(HttpServerRequest request, Buffer body, Context caller) {
        Executor here = task -> caller.runOnContext(ignored -> task.run());
        Uni.createFrom()
                .item(() -> ChatRequest.read(parse(body), request::getHeader))
                .runSubscriptionOn(
                        body.length() > SMALL_BODY
                                ? Infrastructure.getDefaultWorkerPool()
                                : Runnable::run)
                .emitOn(here)
                .flatMap(asked -> serve(asked, request.response(), caller))
                .onFailure()
                .recoverWithItem(failure -> Optional.of(refusal(request, failure)))
                .emitOn(here)
                .subscribe()
                .with(
                        payload -> payload.ifPresent(p -> write(request.response(), p)),
                        failure -> LOG.error("A call could not be answered", failure));
    }

    /** Empty where the answer was streamed already. */
    private Uni<Optional<Payload>> serve(
            ChatRequest asked, HttpServerResponse response, Context caller) {
        ChatCall call = chat.begin(asked);
        return asked.stream() && call.route().streaming() == Streaming.PASSTHROUGH
                ? stream.serve(call, new ClientStream(response, caller))
                        .map(answered -> answered.map(a -> payload(asked, a)))
                : chat.answer(call).map(answered -> Optional.of(payload(asked, answered)));
    }

    /** An answer as bytes. */
    private record Payload(
            int status, String mediaType, Map<String, String> headers, Buffer body) {}

    private Payload payload(ChatRequest asked, Answered answered) {
        boolean events = asked.stream() && answered.status() == 200;
        return new Payload(
                answered.status(),
                events ? EVENTS : "application/json",
                answered.headers(),
                events
                        ? Chunks.of(answered.body(), asked.includeUsage())
                        : encode(answered.body()));
    }

    private Payload refusal(HttpServerRequest request, Throwable failure) {
        if (failure instanceof ProblemException e) {
            return problem(e.problem(), e.retryAfterSeconds());
        }
        if (failure instanceof JsonProcessingException e) {
            return problem(JsonProblems.of(e), 0);
        }
        if (Dependencies.isDown(failure)) {
            LOG.warnf("%s: a dependency is down: %s", PATH, failure);
            ProblemException away =
                    ProblemException.unavailable(
                            "Something this needs cannot be reached right now. Try again later.");
            return problem(away.problem(), away.retryAfterSeconds());
        }
        LOG.errorf(failure, "%s failed", PATH);
        return problem(
                Problem.of(
                        500,
                        "This is a defect of the service, not of the request. Its log has more"
                                + " under request id "
                                + RequestId.of(request)
                                + "."),
                0);
    }

    private Payload problem(Problem problem, int retryAfter) {
        ProblemForm form = ProblemForm.of(problem, PATH);
        Map<String, String> headers =
                retryAfter > 0 ? Map.of("Retry-After", String.valueOf(retryAfter)) : Map.of();
        return new Payload(problem.status(), form.mediaType(), headers, encode(form.body()));
    }

    private static void write(HttpServerResponse response, Payload payload) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(payload.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, payload.mediaType());
        payload.headers().forEach(response::putHeader);
        response.end(payload.body()).onFailure(gone -> LOG.debugf("The client was gone: %s", gone));
    }

    private JsonNode parse(Buffer body) {
        try {
            return json.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonProblems.of(e));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private Buffer encode(Object body) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer always encodes", e);
        }
    }
}
