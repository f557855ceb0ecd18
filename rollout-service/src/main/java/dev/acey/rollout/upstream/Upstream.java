package dev.acey.rollout.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.key.KeyReferences;
import dev.acey.rollout.model.KnownModel;
import dev.acey.rollout.model.KnownModels;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks models. */
@Singleton
public class Upstream {

    private static final long LONGEST_ERROR = 64 << 10;
    private static final long MOST_ANSWER = 64L << 20;

    /** In bytes: read in less time than it takes to wake a worker. */
    private static final int SMALL_ANSWER = 64 << 10;

    private final KnownModels models;
    private final KeyReferences keys;
    private final ModelHttp http;
    private final ModelGuards guards;
    private final UpstreamSettings settings;
    private final ObjectMapper json;
    private final Tries tries;

    Upstream(
            KnownModels models,
            KeyReferences keys,
            ModelHttp http,
            ModelGuards guards,
            UpstreamSettings settings,
            ObjectMapper json,
            Tries tries) {
        this.models = models;
        this.keys = keys;
        this.http = http;
        this.guards = guards;
        this.settings = settings;
        this.json = json;
        this.tries = tries;
    }

    /**
     * Asks for a whole completion. Tries again what is safe to try again: where the server was not
     * reached, or said when to come back and that is within the budget. Fails with {@link
     * UpstreamFailure}.
     *
     * @param request as the client sent it, its {@code model} to be replaced
     * @param variant the arm that this is for
     * @param attempts is told of each try
     */
    public Uni<ObjectNode> ask(
            String model, ObjectNode request, String variant, Consumer<Attempt> attempts) {
        return known(model)
                .flatMap(
                        known -> {
                            Buffer body = body(known, request);
                            return tries.of(
                                    model,
                                    variant,
                                    attempts,
                                    () -> guards.of(model).get(() -> whole(known, body)));
                        });
    }

    /**
     * Asks for a stream; completes with the data of its events as soon as the server has accepted
     * the request, tried again as {@link #ask} does until then. The events fail with {@link
     * UpstreamFailure}; they are read no faster than they are asked for, and who cancels them ends
     * the exchange. To be called on the event loop that will read them.
     */
    public Uni<Multi<String>> open(
            String model, ObjectNode request, String variant, Consumer<Attempt> attempts) {
        Context context = Vertx.currentContext();
        return known(model)
                .flatMap(
                        known -> {
                            Buffer body = body(known, request);
                            return tries.of(
                                    model, variant, attempts, () -> guarded(known, body, context));
                        });
    }

    /** The guard watches over the whole stream, the caller waits for its beginning only. */
    private Uni<Multi<String>> guarded(KnownModel model, Buffer body, Context context) {
        return Uni.createFrom()
                .emitter(
                        begun ->
                                guards.of(model.name())
                                        .get(
                                                () ->
                                                        Uni.createFrom()
                                                                .emitter(
                                                                        ended ->
                                                                                begin(
                                                                                        model, body,
                                                                                        context,
                                                                                        begun,
                                                                                        ended)))
                                        .subscribe()
                                        .with(done -> {}, begun::fail));
    }

    private void begin(
            KnownModel model,
            Buffer body,
            Context context,
            UniEmitter<? super Multi<String>> begun,
            UniEmitter<? super ObjectNode> ended) {
        key(model)
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .flatMap(key -> http.open(model, key, body))
                .ifNoItem()
                .after(settings.firstByteTimeout())
                .failWith(() -> Failures.timedOut(model.name()))
                .flatMap(
                        answer ->
                                isGood(answer)
                                        ? Uni.createFrom().item(answer)
                                        : refused(model, answer))
                .subscribe()
                .with(
                        answer ->
                                begun.complete(
                                        ModelEvents.of(
                                                model,
                                                answer,
                                                mostBytes(),
                                                context.owner(),
                                                ended)),
                        failure -> ended.fail(Failures.of(model.name(), failure)));
    }

    private Uni<ObjectNode> whole(KnownModel model, Buffer body) {
        return key(model)
                .flatMap(key -> http.open(model, key, body))
                .flatMap(
                        answer ->
                                isGood(answer) ? completion(model, answer) : refused(model, answer))
                .ifNoItem()
                .after(Duration.ofMillis(model.timeoutMs()))
                .failWith(() -> Failures.timedOut(model.name()))
                .onFailure()
                .transform(failure -> Failures.of(model.name(), failure));
    }

    private Uni<ObjectNode> completion(KnownModel model, HttpClientResponse answer) {
        return ModelHttp.read(answer, mostBytes())
                .flatMap(
                        body -> {
                            Uni<ObjectNode> parsed =
                                    Uni.createFrom()
                                            .item(
                                                    () ->
                                                            Completions.require(
                                                                    model.name(),
                                                                    parse(model, body)));
                            return body.length() > SMALL_ANSWER
                                    ? parsed.runSubscriptionOn(
                                            Infrastructure.getDefaultWorkerPool())
                                    : parsed;
                        });
    }

    private <T> Uni<T> refused(KnownModel model, HttpClientResponse answer) {
        return ModelHttp.read(answer, LONGEST_ERROR)
                .map(
                        body -> {
                            throw Failures.of(model.name(), answer, error(body));
                        });
    }

    private long mostBytes() {
        return Math.min(MOST_ANSWER, settings.largestAnswer().asLongValue());
    }

    private static boolean isGood(HttpClientResponse answer) {
        return answer.statusCode() / 100 == 2;
    }

    private Uni<KnownModel> known(String model) {
        return models.find(model)
                .map(known -> Uni.createFrom().item(known))
                .orElseGet(
                        () ->
                                Uni.createFrom()
                                        .failure(
                                                new UpstreamFailure(
                                                        UpstreamFailure.Kind.UNKNOWN_MODEL,
                                                        "This replica does not know the model "
                                                                + model
                                                                + " yet.")));
    }

    private JsonNode parse(KnownModel model, Buffer body) {
        try {
            return json.readTree(body.getBytes());
        } catch (IOException e) {
            throw Failures.badAnswer(model.name(), "its body is no JSON");
        }
    }

    /** Null where the body is not an error in OpenAI's shape. */
    private ObjectNode error(Buffer body) {
        try {
            JsonNode node = json.readTree(body.getBytes());
            return node instanceof ObjectNode object && object.path("error").isObject()
                    ? object
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Uni<String> key(KnownModel model) {
        if (model.apiKeyRef() == null) {
            return Uni.createFrom().nullItem();
        }
        return keys.find(model.apiKeyRef())
                .map(
                        key ->
                                key.orElseThrow(
                                        () ->
                                                new UpstreamFailure(
                                                        UpstreamFailure.Kind.NO_KEY,
                                                        "The key of the model "
                                                                + model.name()
                                                                + " is not here: "
                                                                + model.apiKeyRef()
                                                                + ".")));
    }

    private Buffer body(KnownModel model, ObjectNode request) {
        ObjectNode sent = request.objectNode();
        sent.setAll(request);
        sent.put("model", model.upstreamModel());
        try {
            return Buffer.buffer(json.writeValueAsBytes(sent));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
