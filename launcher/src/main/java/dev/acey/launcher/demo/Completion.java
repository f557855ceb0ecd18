package dev.acey.launcher.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in OpenAI's shape, whole or in chunks. Each part of it says that a stub gave it.
 *
 * @param created seconds since the epoch
 * @param content what was said, or the arguments of the tool's call
 * @param tool the function that is called, or null
 */
record Completion(String id, long created, ChatRequest request, String content, String tool) {

    static final String STUB = "acey-stub";

    /** Roughly how English falls into tokens. */
    private static final int CHARACTERS_A_TOKEN = 4;

    ObjectNode whole() {
        ObjectNode answer = envelope("chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        if (tool == null) {
            message.put("content", content);
        } else {
            message.putNull("content");
            putCall(message, content);
        }
        message.putNull("refusal");
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason());
        answer.set("usage", usage());
        return answer;
    }

    List<ObjectNode> chunks() {
        List<ObjectNode> chunks = new ArrayList<>();
        ObjectNode role = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        if (tool == null) {
            role.put("content", "");
        } else {
            putCall(role, "").put("index", 0);
        }
        chunks.add(chunk(role, null));
        for (String piece : content.split("(?<= )", -1)) {
            ObjectNode delta = JsonNodeFactory.instance.objectNode();
            if (tool == null) {
                delta.put("content", piece);
            } else {
                ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
                call.putObject("function").put("arguments", piece);
            }
            chunks.add(chunk(delta, null));
        }
        chunks.add(chunk(JsonNodeFactory.instance.objectNode(), finishReason()));
        if (request.includeUsage()) {
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            chunks.add(last);
        }
        return chunks;
    }

    private ObjectNode chunk(ObjectNode delta, String finishReason) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason);
        if (request.includeUsage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode putCall(ObjectNode message, String arguments) {
        ObjectNode call = message.putArray("tool_calls").addObject();
        call.put("id", "call_" + id);
        call.put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", arguments);
        return call;
    }

    private String finishReason() {
        return tool == null ? "stop" : "tool_calls";
    }

    private ObjectNode envelope(String object) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("id", id);
        envelope.put("object", object);
        envelope.put("created", created);
        envelope.put("model", request.model());
        envelope.put("system_fingerprint", STUB);
        return envelope;
    }

    private ObjectNode usage() {
        int prompt = tokens(request.prompt());
        int completion = tokens(content);
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    private static int tokens(String text) {
        return (text.length() + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
    }
}
