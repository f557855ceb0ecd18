package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The completion that the chunks of a stream add up to, in the form of one that came whole. */
public final class StreamedCompletion {

    private final String model;
    private final ObjectNode completion = JsonNodeFactory.instance.objectNode();
    private final ObjectNode message = JsonNodeFactory.instance.objectNode();
    private final Map<String, StringBuilder> texts = new TreeMap<>();
    private final Map<Integer, ToolCall> toolCalls = new TreeMap<>();
    private JsonNode finishReason = JsonNodeFactory.instance.nullNode();

    /** A call that grows. */
    private static final class ToolCall {
        private final ObjectNode call = JsonNodeFactory.instance.objectNode();
        private final ObjectNode function = JsonNodeFactory.instance.objectNode();
        private final StringBuilder arguments = new StringBuilder();

        void add(JsonNode delta) {
            delta.properties().stream()
                    .filter(field -> !field.getKey().equals("function"))
                    .filter(field -> !field.getKey().equals("index"))
                    .forEach(field -> call.set(field.getKey(), field.getValue()));
            addFunction(delta.path("function"));
        }

        void addFunction(JsonNode delta) {
            if (delta.path("name").isTextual()) {
                function.set("name", delta.get("name"));
            }
            arguments.append(delta.path("arguments").asText(""));
        }

        ObjectNode function() {
            return function.put("arguments", unicode(arguments));
        }

        ObjectNode whole() {
            call.set("function", function());
            return call;
        }
    }

    private ToolCall functionCall;

    /**
     * @param model the one that is streaming, for messages
     */
    public StreamedCompletion(String model) {
        this.model = model;
    }

    /**
     * Adds a chunk; what is not about the first choice is of the whole answer.
     *
     * @throws UpstreamFailure for what is no chunk, and for an error in its place
     */
    public void add(JsonNode chunk) {
        if (!chunk.isObject()) {
            throw Failures.badAnswer(model, "a chunk of it is no JSON object");
        }
        if (chunk.path("error").isObject()) {
            throw Failures.inStream(model, chunk.path("error").path("message").asText(""));
        }
        chunk.properties().stream()
                .filter(field -> !field.getKey().equals("choices"))
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> completion.set(field.getKey(), field.getValue()));
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                addDelta(choice.path("delta"));
                if (choice.path("finish_reason").isTextual()) {
                    finishReason = choice.get("finish_reason");
                }
            }
        }
    }

    /**
     * The completion, once the stream has ended.
     *
     * @throws UpstreamFailure if the model had not said that it is done
     */
    public ObjectNode whole() {
        if (!finishReason.isTextual()) {
            throw Failures.endedEarly(model);
        }
        message.put("role", "assistant");
        message.putNull("content");
        texts.forEach((field, text) -> message.put(field, unicode(text)));
        if (!toolCalls.isEmpty()) {
            var calls = message.putArray("tool_calls");
            toolCalls.values().forEach(call -> calls.add(call.whole()));
        }
        if (functionCall != null) {
            message.set("function_call", functionCall.function());
        }
        completion.put("object", "chat.completion");
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).set("message", message);
        choice.set("finish_reason", finishReason);
        return completion;
    }

    /** Half a character that never became whole is a question mark. */
    private static String unicode(StringBuilder text) {
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void addDelta(JsonNode delta) {
        for (String field : new String[] {"content", "refusal"}) {
            if (delta.path(field).isTextual()) {
                texts.computeIfAbsent(field, f -> new StringBuilder())
                        .append(delta.get(field).textValue());
            }
        }
        for (JsonNode call : delta.path("tool_calls")) {
            toolCalls
                    .computeIfAbsent(call.path("index").asInt(0), index -> new ToolCall())
                    .add(call);
        }
        if (delta.path("function_call").isObject()) {
            functionCall = functionCall == null ? new ToolCall() : functionCall;
            functionCall.addFunction(delta.get("function_call"));
        }
    }
}
