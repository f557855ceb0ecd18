package dev.acey.rollout.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;

/**
 * Counts tokens where a provider does not say how many there were: by OpenAI's encoding cl100k,
 * which is near enough for models that have another. Its table, some 10 MB, is loaded when it is
 * first needed.
 */
@Singleton
public class TokenEstimate {

    /** Of a text longer than this the beginning is counted, and the rest taken to be like it. */
    private static final int COUNTED = 50_000;

    /** What OpenAI's chat format adds to each message. */
    private static final int MESSAGE_OVERHEAD = 3;

    private static final class Table {
        private static final Encoding ENCODING =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }

    /** What the provider says of a completion, else an estimate. */
    public Uni<Usage> said(JsonNode messages, JsonNode completion) {
        return Usage.said(completion)
                .map(said -> Uni.createFrom().item(said))
                .orElseGet(() -> of(messages, completion.at("/choices/0/message")));
    }

    /** On a worker thread: the tokens of a request's messages and of an answer's message. */
    Uni<Usage> of(JsonNode messages, JsonNode answer) {
        return Uni.createFrom()
                .item(
                        () -> {
                            long prompt = MESSAGE_OVERHEAD;
                            for (JsonNode message : messages) {
                                prompt += MESSAGE_OVERHEAD + tokens(text(message));
                            }
                            return new Usage(prompt, tokens(text(answer)), true);
                        })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The text of a message's content and of what else it says. */
    private static String text(JsonNode message) {
        StringBuilder text = new StringBuilder();
        collect(message.path("content"), text);
        collect(message.path("refusal"), text);
        collect(message.path("tool_calls"), text);
        collect(message.path("function_call"), text);
        return text.toString();
    }

    private static void collect(JsonNode node, StringBuilder text) {
        if (node.isTextual() && !node.textValue().startsWith("data:")) {
            text.append(node.textValue()).append('\n');
        }
        node.forEach(child -> collect(child, text));
    }

    private static long tokens(String text) {
        String counted = text.length() <= COUNTED ? text : text.substring(0, COUNTED);
        long tokens = Table.ENCODING.countTokensOrdinary(counted);
        return counted.length() == text.length()
                ? tokens
                : Math.round((double) tokens * text.length() / COUNTED);
    }
}
