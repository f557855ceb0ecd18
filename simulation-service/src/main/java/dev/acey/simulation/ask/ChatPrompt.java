package dev.acey.simulation.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import java.util.List;

/** A logged call as it is asked again: its own messages and settings. */
public final class ChatPrompt {

    /** What of a chat completion's request shapes its answer; the log has them as metadata. */
    private static final List<String> SETTINGS =
            List.of(
                    "temperature",
                    "top_p",
                    "max_tokens",
                    "max_completion_tokens",
                    "stop",
                    "seed",
                    "presence_penalty",
                    "frequency_penalty",
                    "logit_bias",
                    "response_format",
                    "reasoning_effort",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "functions",
                    "function_call");

    private ChatPrompt() {}

    /** A request in OpenAI's form, without a model. */
    public static ObjectNode of(LogEntry entry) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("messages", messages(entry.llmPrompt()));
        for (String setting : SETTINGS) {
            JsonNode value = entry.metadata() == null ? null : entry.metadata().get(setting);
            if (value != null && !value.isNull()) {
                request.set(setting, value);
            }
        }
        return request;
    }

    /**
     * Sees to it that an answer has a longest length: that of the request, else this one.
     *
     * @return that length in tokens
     */
    static long bounded(ObjectNode request, long completionTokens) {
        long longest =
                Math.max(
                        request.path("max_completion_tokens").asLong(0),
                        request.path("max_tokens").asLong(0));
        if (longest > 0) {
            return longest;
        }
        request.put("max_completion_tokens", completionTokens);
        return completionTokens;
    }

    private static ArrayNode messages(JsonNode prompt) {
        if (prompt instanceof ArrayNode messages) {
            return messages;
        }
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        messages.addObject().put("role", "user").put("content", prompt.asText());
        return messages;
    }
}
