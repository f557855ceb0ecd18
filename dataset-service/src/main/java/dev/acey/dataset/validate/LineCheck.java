package dev.acey.dataset.validate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.kit.json.StorableJson;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.task.Format;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with one line of a file of training examples. Each format is as its trainers read
 * it: chat and preference as OpenAI's fine-tuning API has them, instruction as Alpaca laid it out;
 * a {@code metadata} object may stand beside the fields.
 */
final class LineCheck {

    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readerFor(JsonNode.class);
    private static final Set<String> METADATA = Set.of("metadata");
    private static final Set<String> LABELS = Set.of("safe", "unsafe");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    private static final Set<String> MESSAGE = Set.of("role", "content");
    private static final Set<String> MESSAGE_TOO = Set.of("name", "weight");
    private static final String ASSISTANT = "assistant";

    private LineCheck() {}

    /** The reasons, with JSON Pointers; none for a line that is right. */
    static List<FieldError> of(byte[] line, Format format) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode node;
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            if (text.isBlank()) {
                return List.of(new FieldError("", "is empty"));
            }
            node = JSON.readValue(text);
        } catch (CharacterCodingException e) {
            return List.of(new FieldError("", "is not UTF-8"));
        } catch (JsonProcessingException e) {
            return List.of(new FieldError("", "is not JSON: " + e.getOriginalMessage()));
        }
        errors.addAll(StorableJson.check(node));
        Fields fields = new Fields(node, "", errors);
        switch (format) {
            case INSTRUCTION -> instruction(fields);
            case CHAT -> chat(fields);
            case CLASSIFICATION -> classification(fields);
            case STRUCTURED -> structured(fields);
            case PREFERENCE -> preference(fields);
        }
        return errors;
    }

    private static void instruction(Fields fields) {
        if (fields.has(Set.of("instruction", "input", "output"), METADATA)) {
            fields.saysSomething("instruction");
            fields.isText("input");
            fields.saysSomething("output");
        }
    }

    private static void classification(Fields fields) {
        if (fields.has(Set.of("text", "label"), METADATA)) {
            fields.saysSomething("text");
            fields.isOneOf("label", LABELS);
        }
    }

    private static void structured(Fields fields) {
        if (!fields.has(Set.of("prompt", "completion"), METADATA)) {
            return;
        }
        fields.saysSomething("prompt");
        if (!fields.isText("completion")) {
            return;
        }
        try {
            JsonNode completion = JSON.readValue(fields.object().path("completion").textValue());
            completion(new Fields(completion, "/completion", fields.errors()));
        } catch (JsonProcessingException e) {
            fields.refuse("completion", "is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void completion(Fields completion) {
        if (!completion.has(Set.of("speech", "intents"), Set.of())) {
            return;
        }
        completion.isText("speech");
        Fields intents = completion.inside("intents");
        if (!intents.object().isArray()) {
            intents.refuse("must be an array");
            return;
        }
        for (int i = 0; i < intents.object().size(); i++) {
            if (!intents.object().path(i).isObject()) {
                intents.item(i).refuse("must be an object");
            }
        }
    }

    private static void chat(Fields fields) {
        if (!fields.has(Set.of("messages"), METADATA)) {
            return;
        }
        JsonNode messages = messages(fields.inside("messages"), ROLES);
        if (!messages.isEmpty() && !isAssistant(messages.path(messages.size() - 1))) {
            fields.refuse("messages", "must end with the assistant's");
        }
    }

    private static void preference(Fields fields) {
        Set<String> required = Set.of("input", "preferred_output", "non_preferred_output");
        if (!fields.has(required, METADATA)) {
            return;
        }
        Fields input = fields.inside("input");
        if (input.has(Set.of("messages"), Set.of("tools", "parallel_tool_calls"))) {
            JsonNode messages = messages(input.inside("messages"), ROLES);
            if (!messages.isEmpty() && isAssistant(messages.path(messages.size() - 1))) {
                input.refuse("messages", "must not end with the assistant's");
            }
        }
        messages(fields.inside("preferred_output"), Set.of(ASSISTANT));
        messages(fields.inside("non_preferred_output"), Set.of(ASSISTANT));
        JsonNode preferred = fields.object().path("preferred_output");
        if (preferred.equals(fields.object().path("non_preferred_output"))) {
            fields.refuse("non_preferred_output", "must differ from the preferred output");
        }
    }

    private static JsonNode messages(Fields messages, Set<String> roles) {
        if (!messages.object().isArray() || messages.object().isEmpty()) {
            messages.refuse("must be an array of at least one message");
            return messages.object();
        }
        for (int i = 0; i < messages.object().size(); i++) {
            Fields message = messages.item(i);
            if (message.has(MESSAGE, MESSAGE_TOO)) {
                message.isOneOf("role", roles);
                message.saysSomething("content");
            }
        }
        return messages.object();
    }

    private static boolean isAssistant(JsonNode message) {
        return ASSISTANT.equals(message.path("role").asText());
    }
}
