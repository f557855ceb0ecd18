package dev.acey.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a chat completion is asked with, as far as the stub heeds it.
 *
 * @param prompt the text of all messages
 * @param plainText whether the content is to be the speech alone
 * @param tool the function to call, or null: one that {@code tool_choice} or the last message
 *     names, or the first where {@code tool_choice} is {@code required}
 */
record ChatRequest(
        String model,
        String prompt,
        boolean stream,
        boolean includeUsage,
        boolean plainText,
        JsonNode tool) {

    /**
     * @throws IllegalArgumentException naming what is wrong
     */
    static ChatRequest of(JsonNode body) {
        JsonNode messages = body.path("messages");
        if (!body.path("model").isTextual()) {
            throw new IllegalArgumentException("model must be a text");
        }
        if (!messages.isArray() || messages.isEmpty()) {
            throw new IllegalArgumentException("messages must be an array with a message");
        }
        if (body.path("n").asInt(1) != 1) {
            throw new IllegalArgumentException("n must be 1: the stub has one thing to say");
        }
        return new ChatRequest(
                body.path("model").textValue(),
                StreamSupport.stream(messages.spliterator(), false)
                        .map(message -> text(message.path("content")))
                        .collect(Collectors.joining("\n")),
                body.path("stream").asBoolean(false),
                body.path("stream_options").path("include_usage").asBoolean(false),
                body.path("response_format").path("type").asText().equals("text"),
                tool(body, text(messages.get(messages.size() - 1).path("content"))));
    }

    /** Contents are texts, or arrays of parts. */
    private static String text(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asText(""))
                        .collect(Collectors.joining("\n"))
                : content.asText("");
    }

    private static JsonNode tool(JsonNode body, String lastMessage) {
        JsonNode choice = body.path("tool_choice");
        if (choice.asText().equals("none")) {
            return null;
        }
        String chosen = choice.path("function").path("name").asText("");
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asText("");
            boolean asked =
                    chosen.isEmpty()
                            ? choice.asText().equals("required") || lastMessage.contains(name)
                            : chosen.equals(name);
            if (!name.isEmpty() && asked) {
                return function;
            }
        }
        return null;
    }

    /** Arguments for what the tool's schema requires, each the plainest value of its type. */
    ObjectNode toolArguments() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        JsonNode schema = tool.path("parameters");
        for (JsonNode required : schema.path("required")) {
            JsonNode property = schema.path("properties").path(required.asText());
            JsonNode first = property.path("enum").path(0);
            if (!first.isMissingNode()) {
                arguments.set(required.asText(), first);
                continue;
            }
            switch (property.path("type").asText("string")) {
                case "integer", "number" -> arguments.put(required.asText(), 1);
                case "boolean" -> arguments.put(required.asText(), true);
                case "array" -> arguments.putArray(required.asText());
                case "object" -> arguments.putObject(required.asText());
                default -> arguments.put(required.asText(), "stub");
            }
        }
        return arguments;
    }
}
