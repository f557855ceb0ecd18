package dev.acey.rollout.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rules see of a completion's message. Content that is a JSON object with {@code speech}
 * or {@code intents}, also in a Markdown fence, is the aceyOutput; any other content, and a
 * refusal, is speech. Tool calls are seen beside it.
 *
 * @param content the message's text, or null
 * @param acey what is judged
 * @param json whether the content is the aceyOutput's JSON
 */
public record ChatOutput(String content, ObjectNode acey, boolean json) {

    private static final JsonMapper LENIENT = new JsonMapper();
    private static final Pattern FENCE =
            Pattern.compile("```[a-zA-Z]{0,16}\\s*+(\\{.*\\})\\s*```", Pattern.DOTALL);

    public static ChatOutput of(JsonNode message, ObjectMapper strict) {
        String content = text(message, "content");
        ObjectNode acey = content == null ? null : structured(content, strict);
        boolean json = acey != null;
        if (!json) {
            acey = JsonNodeFactory.instance.objectNode();
            acey.put("speech", content != null ? content : text(message, "refusal"));
            acey.putArray("intents");
        }
        ArrayNode calls = toolCalls(message);
        if (!calls.isEmpty()) {
            acey.withArrayProperty("toolCalls").addAll(calls);
        }
        return new ChatOutput(content, acey, json);
    }

    /** How many of the tool calls that were judged are the content's own. */
    public static ArrayNode toolCalls(JsonNode message) {
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        message.path("tool_calls").forEach(calls::add);
        if (message.path("function_call").isObject()) {
            calls.addObject().put("type", "function").set("function", message.get("function_call"));
        }
        return calls;
    }

    /** Null where the content is a text like any other. */
    private static ObjectNode structured(String content, ObjectMapper strict) {
        String text = content.strip();
        Matcher fence = FENCE.matcher(text);
        if (fence.matches()) {
            text = fence.group(1);
        }
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            return strict.readTree(text) instanceof ObjectNode object && isAcey(object)
                    ? inForm(object, content)
                    : null;
        } catch (JsonProcessingException e) {
            return isAceyToSomebody(text) ? ambiguous(content) : null;
        }
    }

    private static boolean isAcey(JsonNode object) {
        return object.has("speech") || object.has("intents");
    }

    /** What the record has no form for is judged in the nearest form, which hides nothing. */
    private static ObjectNode inForm(ObjectNode object, String content) {
        JsonNode speech = object.path("speech");
        if (!speech.isTextual() && !speech.isNull() && !speech.isMissingNode()) {
            object.put("speech", content);
        }
        JsonNode intents = object.path("intents");
        if (!intents.isArray() && !intents.isNull() && !intents.isMissingNode()) {
            object.putArray("intents").add(intents);
        }
        if (object.has("toolCalls") && !object.get("toolCalls").isArray()) {
            JsonNode calls = object.get("toolCalls");
            object.putArray("toolCalls").add(calls);
        }
        return object;
    }

    /**
     * Whether a reader less strict than ours, which takes the last of two like fields, acts on it.
     */
    private static boolean isAceyToSomebody(String text) {
        try {
            return isAcey(LENIENT.readTree(text));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** What can be read in two ways holds an intent that is none, which the engine rejects. */
    private static ObjectNode ambiguous(String content) {
        ObjectNode acey = JsonNodeFactory.instance.objectNode();
        acey.put("speech", content);
        acey.putArray("intents").add("what this output says depends on who reads it");
        return acey;
    }

    private static String text(JsonNode message, String field) {
        return message.path(field).isTextual() ? message.get(field).textValue() : null;
    }
}
