package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.problem.ProblemForm;
import dev.acey.kit.token.KeyedHash;
import dev.acey.rollout.cache.Question;
import dev.acey.rollout.cache.ResponseCache;
import dev.acey.rollout.route.LiveRoute;
import dev.acey.rollout.route.LiveRoutes;
import dev.acey.rollout.shadow.ShadowQueue;
import dev.acey.rollout.spool.Spool;
import dev.acey.rollout.upstream.Upstream;
import dev.acey.rollout.upstream.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Serves one call: route, model, rules, record, answer. */
@Singleton
class Chat {

    private static final String PATH = "/v1/chat/completions";

    private final LiveRoutes routes;
    private final Upstream upstream;
    private final ChatRecord record;
    private final ResponseCache cache;
    private final ShadowQueue shadows;
    private final Spool spool;
    private final KeyedHash hash;
    private final ObjectMapper json;
    private final Clock clock;

    Chat(
            LiveRoutes routes,
            Upstream upstream,
            ChatRecord record,
            ResponseCache cache,
            ShadowQueue shadows,
            Spool spool,
            KeyedHash hash,
            ObjectMapper json,
            Clock clock) {
        this.routes = routes;
        this.upstream = upstream;
        this.record = record;
        this.cache = cache;
        this.shadows = shadows;
        this.spool = spool;
        this.hash = hash;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Completes when the call is on the record, with the answer for the client, also when that is
     * an error of the model.
     */
    Uni<Answered> answer(ChatCall call) {
        return kept(call)
                .flatMap(served -> record.answered(call, served))
                .map(judged -> delivered(call, judged))
                .invoke(answered -> shadow(call))
                .onFailure()
                .recoverWithUni(failure -> failed(call, failure));
    }

    /**
     * Routes the call. Fails with a 503 when there is no room on the record, and as the route does.
     */
    ChatCall begin(ChatRequest request) {
        spool.requireRoom();
        Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID id = UuidCreator.getTimeOrderedEpoch(start);
        String key = request.key() == null ? id.toString() : request.key();
        LiveRoute route = routes.of(request.taskType(), key, id.toString(), start);
        String keyHash = request.key() == null ? null : hash.of("sticky-key", key);
        return new ChatCall(request, id, start, route, keyHash);
    }

    /** Asks the candidate as well, where the route says so; nobody waits for it. */
    void shadow(ChatCall live) {
        if (live.route().shadow() != null) {
            shadows.offer(() -> aside(live));
        }
    }

    private Uni<Void> aside(ChatCall live) {
        Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ChatCall call = live.shadow(UuidCreator.getTimeOrderedEpoch(start), start);
        return ask(call, call.route().model(), call.route().variant())
                .flatMap(served -> record.answered(call, served))
                .replaceWithVoid()
                .onFailure(UpstreamFailure.class)
                .recoverWithUni(
                        why ->
                                record.failed(
                                        call, ((UpstreamFailure) why).type(), why.getMessage()));
    }

    /** The answer that was given to the same question before, or the models' own. */
    private Uni<ChatRecord.Served> kept(ChatCall call) {
        LiveRoute route = call.route();
        if (route.cacheSeconds() == 0) {
            return ask(call);
        }
        ChatRequest request = call.request();
        Question question =
                Question.of(
                        request.taskType(),
                        route.model(),
                        request.key(),
                        request.user(),
                        whole(request.body()));
        long epoch = cache.epoch();
        return cache.find(question)
                .map(
                        completion ->
                                Uni.createFrom()
                                        .item(
                                                new ChatRecord.Served(
                                                        completion,
                                                        route.variant(),
                                                        route.model(),
                                                        true)))
                .orElseGet(() -> ask(call).invoke(served -> keep(question, served, route, epoch)));
    }

    /** What another model answered in this one's place is not its answer. */
    private void keep(Question question, ChatRecord.Served served, LiveRoute route, long epoch) {
        if (served.model().equals(route.model())) {
            cache.keep(
                    question, served.completion(), Duration.ofSeconds(route.cacheSeconds()), epoch);
        }
    }

    /** The assigned model's answer, or that of the baseline where a candidate fails. */
    private Uni<ChatRecord.Served> ask(ChatCall call) {
        LiveRoute route = call.route();
        Uni<ChatRecord.Served> assigned = ask(call, route.model(), route.variant());
        return route.hasFallback()
                ? assigned.onFailure(UpstreamFailure.class)
                        .recoverWithUni(() -> ask(call, route.baseline(), LiveRoute.BASELINE))
                : assigned;
    }

    private Uni<ChatRecord.Served> ask(ChatCall call, String model, String variant) {
        return upstream.ask(model, whole(call.request().body()), variant, call::tried)
                .map(completion -> new ChatRecord.Served(completion, variant, model, false));
    }

    /** The request for an answer in one piece: it is judged as a whole. */
    private static ObjectNode whole(ObjectNode body) {
        if (!body.has("stream") && !body.has("stream_options")) {
            return body;
        }
        ObjectNode whole = body.objectNode();
        whole.setAll(body);
        whole.remove(List.of("stream", "stream_options"));
        return whole;
    }

    private static Answered delivered(ChatCall call, ChatRecord.Judged judged) {
        Map<String, String> headers = headers(call, judged.served().model());
        if (judged.served().fromCache()) {
            headers.put("X-Acey-Cache", "hit");
        }
        headers.put("X-Acey-Decision", judged.judgement().verdict().decision().json());
        headers.put("X-Acey-Rule-Set", judged.judgement().verdict().ruleSet());
        return new Answered(200, headers, judged.delivered());
    }

    /** Completes with the error for the client once it is on the record. */
    Uni<Answered> failed(ChatCall call, Throwable failure) {
        if (failure instanceof UpstreamFailure why) {
            JsonNode body =
                    why.body()
                            .map(JsonNode.class::cast)
                            .orElseGet(
                                    () ->
                                            body(
                                                    Problem.named(
                                                            why.type(),
                                                            why.status(),
                                                            why.getMessage())));
            return record.failed(call, why.type(), why.getMessage())
                    .map(done -> error(call, why.status(), why.retryAfterSeconds(), body));
        }
        if (failure instanceof ProblemException why) {
            return record.failed(call, "not_judged", why.getMessage())
                    .map(
                            done ->
                                    error(
                                            call,
                                            why.status(),
                                            why.retryAfterSeconds(),
                                            body(why.problem())));
        }
        return record.failed(call, "internal_error", failure.getClass().getSimpleName())
                .chain(() -> Uni.createFrom().failure(failure));
    }

    private Answered error(ChatCall call, int status, int retryAfter, JsonNode body) {
        Map<String, String> headers = headers(call, call.route().model());
        if (retryAfter > 0) {
            headers.put("Retry-After", String.valueOf(retryAfter));
        }
        return new Answered(status, headers, body);
    }

    private JsonNode body(Problem problem) {
        return json.valueToTree(ProblemForm.of(problem, PATH).body());
    }

    /** What is known before the answer is. */
    static Map<String, String> headers(ChatCall call, String model) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Acey-Log-Id", call.id().toString());
        headers.put("X-Acey-Variant", call.route().variant());
        headers.put("X-Acey-Model", model);
        return headers;
    }
}
