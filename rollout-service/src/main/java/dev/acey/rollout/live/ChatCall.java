package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.CallError;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Performance;
import dev.acey.kit.entry.Routing;
import dev.acey.rollout.judge.ChatOutput;
import dev.acey.rollout.route.LiveRoute;
import dev.acey.rollout.upstream.Attempt;
import dev.acey.rollout.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** One request of a client on its way, and the log entry it becomes. */
final class ChatCall {

    private static final int LONGEST_MESSAGE = 1_000;

    private final ChatRequest request;
    private final UUID id;
    private final Instant start;
    private final LiveRoute route;
    private final String keyHash;
    private final UUID shadowOf;
    private volatile boolean passedThrough;
    private volatile boolean hungUp;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    /**
     * @param start to the millisecond, as the id has it
     * @param keyHash of the stickiness key; null where the client gave none
     */
    ChatCall(ChatRequest request, UUID id, Instant start, LiveRoute route, String keyHash) {
        this(request, id, start, route, keyHash, null);
    }

    private ChatCall(
            ChatRequest request,
            UUID id,
            Instant start,
            LiveRoute route,
            String keyHash,
            UUID shadowOf) {
        this.request = request;
        this.id = id;
        this.start = start;
        this.route = route;
        this.keyHash = keyHash;
        this.shadowOf = shadowOf;
    }

    /** The same request, to be answered by the candidate for nobody but the record. */
    ChatCall shadow(UUID id, Instant start) {
        LiveRoute aside =
                new LiveRoute(
                        LiveRoute.CANDIDATE,
                        route.shadow(),
                        route.baseline(),
                        route.rolloutId(),
                        route.stage(),
                        null,
                        route.streaming(),
                        0);
        return new ChatCall(request, id, start, aside, keyHash, this.id);
    }

    /** Whether the answer is delivered to nobody. */
    boolean isShadow() {
        return shadowOf != null;
    }

    ChatRequest request() {
        return request;
    }

    UUID id() {
        return id;
    }

    LiveRoute route() {
        return route;
    }

    void tried(Attempt attempt) {
        attempts.add(attempt);
    }

    /**
     * The answer went to the client as it came.
     *
     * @param hungUp whether the client did not stay for all of it
     */
    void passedThrough(boolean hungUp) {
        this.passedThrough = true;
        this.hungUp = hungUp;
    }

    /** The entry of a call that was answered, to be judged. */
    LogEntry answered(
            ChatRecord.Served served,
            ChatOutput output,
            Usage usage,
            Double cost,
            Instant now,
            ObjectMapper json) {
        ObjectNode metadata = metadata(served.model());
        metadata.set("finishReason", served.completion().at("/choices/0/finish_reason"));
        if (served.fromCache()) {
            metadata.put("fromCache", true);
        }
        if (usage.estimated()) {
            metadata.put("tokensEstimated", true);
        }
        Performance performance =
                new Performance(
                        milliseconds(now),
                        usage.promptTokens(),
                        usage.completionTokens(),
                        usage.promptTokens() + usage.completionTokens(),
                        served.fromCache() ? Double.valueOf(0) : cost);
        return entry(
                output.content(),
                output.acey(),
                performance,
                routing(served.servedBy(), served.model(), json),
                null,
                metadata);
    }

    /** The entry of a call that nothing answered; it is not judged. */
    LogEntry failed(String type, String message, Instant now, ObjectMapper json) {
        String shortMessage =
                message == null || message.length() <= LONGEST_MESSAGE
                        ? message
                        : message.substring(0, LONGEST_MESSAGE);
        return entry(
                null,
                null,
                new Performance(milliseconds(now), null, null, null, null),
                routing(null, route.model(), json),
                new CallError(type, shortMessage),
                metadata(route.model()));
    }

    private Double milliseconds(Instant now) {
        return Double.valueOf(Math.max(0, Duration.between(start, now).toMillis()));
    }

    private Routing routing(String servedBy, String model, ObjectMapper json) {
        return new Routing(
                route.rolloutId(),
                route.variant(),
                servedBy,
                route.stage(),
                model,
                json.valueToTree(attempts),
                keyHash);
    }

    /** The request's settings, and who answered. */
    private ObjectNode metadata(String model) {
        ObjectNode metadata = request.body().objectNode();
        metadata.setAll(request.body());
        metadata.remove("messages");
        if (!metadata.path("extra").isObject()) {
            metadata.remove("extra");
        }
        metadata.put("model", model);
        if (isShadow()) {
            metadata.put("shadowOf", shadowOf.toString());
        }
        if (passedThrough) {
            metadata.put("passedThrough", true);
        }
        if (hungUp) {
            metadata.put("clientHungUp", true);
        }
        return metadata;
    }

    private ObjectNode context() {
        ObjectNode context = request.body().objectNode();
        if (request.channel() != null) {
            context.put("channel", request.channel());
        }
        if (request.user() != null) {
            context.put("user", request.user());
        }
        return context.put("environment", isShadow() ? "shadow" : "live");
    }

    private LogEntry entry(
            String raw,
            ObjectNode output,
            Performance performance,
            Routing routing,
            CallError error,
            ObjectNode metadata) {
        return new LogEntry(
                id,
                request.taskType(),
                start,
                context(),
                request.body().get("messages"),
                raw == null && output != null ? output.path("speech").asText("") : raw,
                output,
                null,
                null,
                null,
                null,
                performance,
                null,
                null,
                routing,
                error,
                metadata,
                null);
    }
}
