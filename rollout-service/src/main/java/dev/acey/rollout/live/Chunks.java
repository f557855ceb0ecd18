package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

/** A whole completion as the events of a stream, for a client that asked for one. */
final class Chunks {

    private static final int CHARACTERS = 400;

    private final ObjectNode completion;
    private final Buffer events = Buffer.buffer();

    private Chunks(ObjectNode completion) {
        this.completion = completion;
    }

    /**
     * @param includeUsage whether the usage follows in a chunk of its own
     */
    static Buffer of(JsonNode completion, boolean includeUsage) {
        return new Chunks((ObjectNode) completion).write(includeUsage);
    }

    private Buffer write(boolean includeUsage) {
        JsonNode choice = completion.path("choices").path(0);
        JsonNode message = choice.path("message");
        ObjectNode first = message.deepCopy();
        first.remove("content");
        first.remove("tool_calls");
        delta(first, null);
        String content = message.path("content").asText("");
        for (int from = 0; from < content.length(); ) {
            int to = Math.min(content.length(), from + CHARACTERS);
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to++;
            }
            delta(node().put("content", content.substring(from, to)), null);
            from = to;
        }
        int index = 0;
        for (JsonNode call : message.path("tool_calls")) {
            ObjectNode delta = node();
            ((ObjectNode) delta.putArray("tool_calls").addObject().put("index", index++))
                    .setAll((ObjectNode) call);
            delta(delta, null);
        }
        delta(node(), choice);
        if (includeUsage) {
            ObjectNode chunk = chunk();
            chunk.putArray("choices");
            chunk.set("usage", completion.path("usage"));
            event(chunk.toString());
        }
        event("[DONE]");
        return events;
    }

    /**
     * @param last the choice whose end this is; null before it
     */
    private void delta(ObjectNode delta, JsonNode last) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.set(
                "logprobs",
                last == null || last.path("logprobs").isMissingNode()
                        ? choice.nullNode()
                        : last.get("logprobs"));
        choice.set("finish_reason", last == null ? choice.nullNode() : last.path("finish_reason"));
        event(chunk.toString());
    }

    private ObjectNode chunk() {
        ObjectNode chunk = completion.deepCopy();
        chunk.remove("choices");
        chunk.remove("usage");
        return chunk.put("object", "chat.completion.chunk");
    }

    private void event(String data) {
        events.appendString("data: ").appendString(data).appendString("\n\n");
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
