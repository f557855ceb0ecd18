package dev.acey.rollout.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.route.LiveRoute;
import dev.acey.rollout.upstream.StreamedCompletion;
import dev.acey.rollout.upstream.Upstream;
import dev.acey.rollout.upstream.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Serves a call of a passthrough task: the answer goes to the client as it comes, and is judged
 * when it has ended. A record that it was started precedes its first byte.
 */
@Singleton
class ChatStream {

    private static final Logger LOG = Logger.getLogger(ChatStream.class);

    /** A chunk may hold half of a character; all chunks together do not. */
    private static final JsonMapper CHUNKS = new JsonMapper();

    private static final String DONE = "[DONE]";

    private final Chat chat;
    private final ChatRecord record;
    private final Upstream upstream;

    ChatStream(Chat chat, ChatRecord record, Upstream upstream) {
        this.chat = chat;
        this.record = record;
        this.upstream = upstream;
    }

    /**
     * Completes when the answer has ended and is on the record, whether or not the client stayed
     * for it; with an error for the client where nothing of an answer was sent.
     */
    Uni<Optional<Answered>> serve(ChatCall call, ClientStream client) {
        LiveRoute route = call.route();
        Uni<Void> assigned = stream(call, client, route.model(), route.variant());
        Uni<Void> saved =
                assigned.onFailure(e -> isOpen(e, client) && route.hasFallback())
                        .recoverWithUni(
                                () -> stream(call, client, route.baseline(), LiveRoute.BASELINE));
        return saved.map(done -> Optional.<Answered>empty())
                .onFailure()
                .recoverWithUni(
                        failure ->
                                client.isBegun()
                                        ? brokenOff(call, client, failure)
                                        : chat.failed(call, failure).map(Optional::of));
    }

    private static boolean isOpen(Throwable failure, ClientStream client) {
        return failure instanceof UpstreamFailure && !client.isBegun();
    }

    private Uni<Void> stream(ChatCall call, ClientStream client, String model, String variant) {
        StreamedCompletion sum = new StreamedCompletion(model);
        return client.here()
                .chain(() -> upstream.open(model, streamed(call.request()), variant, call::tried))
                .flatMap(
                        events ->
                                events.filter(data -> !data.equals(DONE))
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                data -> forward(call, client, model, sum, data))
                                        .collect()
                                        .last())
                .map(last -> new ChatRecord.Served(sum.whole(), variant, model, false))
                .chain(served -> end(call, client, served));
    }

    /** With the usage, which a provider says at a stream's end only if it is asked to. */
    private static ObjectNode streamed(ChatRequest request) {
        ObjectNode body = request.body().objectNode();
        body.setAll(request.body());
        ObjectNode options = body.objectNode();
        if (body.get("stream_options") instanceof ObjectNode given) {
            options.setAll(given);
        }
        body.set("stream_options", options.put("include_usage", true));
        return body;
    }

    private Uni<Void> forward(
            ChatCall call, ClientStream client, String model, StreamedCompletion sum, String data) {
        JsonNode chunk = parse(data);
        sum.add(chunk);
        boolean isUsage = chunk.path("choices").isEmpty() && chunk.path("usage").isObject();
        if (isUsage && !call.request().includeUsage()) {
            return Uni.createFrom().voidItem();
        }
        return client.isBegun()
                ? client.event(data)
                : record.started(call)
                        .chain(client::here)
                        .invoke(() -> client.begin(headers(call, model)))
                        .chain(() -> client.event(data));
    }

    private static Map<String, String> headers(ChatCall call, String model) {
        Map<String, String> headers = Chat.headers(call, model);
        headers.put("X-Acey-Decision", "unjudged");
        return headers;
    }

    private Uni<Void> end(ChatCall call, ClientStream client, ChatRecord.Served served) {
        call.passedThrough(client.isGone());
        return record.answered(call, served)
                .chain(client::here)
                .invoke(client::end)
                .invoke(() -> chat.shadow(call));
    }

    /** The client is told in the stream; the record has the failure. */
    private Uni<Optional<Answered>> brokenOff(
            ChatCall call, ClientStream client, Throwable failure) {
        call.passedThrough(client.isGone());
        return chat.failed(call, failure)
                .onFailure()
                .invoke(e -> LOG.errorf(e, "The call %s ends as interrupted", call.id()))
                .map(answered -> answered.body().toString())
                .onFailure()
                .recoverWithItem("{\"error\": {\"message\": \"The answer broke off.\"}}")
                .call(client::here)
                .call(client::event)
                .invoke(client::end)
                .replaceWith(Optional.empty());
    }

    private static JsonNode parse(String data) {
        try {
            return CHUNKS.readTree(data);
        } catch (JsonProcessingException e) {
            return CHUNKS.missingNode();
        }
    }
}
