package dev.acey.dataset.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.CallError;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Review;
import dev.acey.kit.entry.Routing;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Reads of one entry what examples are chosen by and made of, token by token, as most of a
 * preparation's time goes into it. What is not asked for is skipped: it must be JSON, whatever it
 * says, and is null, false or missing in the entry. What is asked for must be of its type.
 */
final class EntryReader {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);
    private static final Set<String> OF_CONTEXT = Set.of("environment", "channel", "user");
    private static final Set<String> OF_OUTPUT = Set.of("speech", "intents");
    private static final Set<String> OF_RULES = Set.of("ruleSet", "action", "output");
    private static final Set<String> OF_MODEL = Set.of("model");
    private static final String MESSAGES = "previousMessages";

    private final JsonParser in;
    private UUID id;
    private String taskType;
    private Instant timestamp;
    private ObjectNode context = object();
    private JsonNode llmPrompt;
    private String llmOutput;
    private ObjectNode aceyOutput;
    private String controlDecision;
    private JsonNode finalAction;
    private Double confidence;
    private ObjectNode autoRules;
    private ObjectNode routing;
    private ObjectNode error;
    private ObjectNode metadata = object();
    private ObjectNode review;

    private EntryReader(JsonParser in) {
        this.in = in;
    }

    /**
     * Reads the entry that starts at the current token.
     *
     * @throws IOException where it is no entry; says which field and where, not what it holds
     */
    static LogEntry read(JsonParser in) throws IOException {
        EntryReader reader = new EntryReader(in);
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            reader.field(name);
        }
        return reader.entry();
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "id" -> id = id();
            case "taskType" -> taskType = text();
            case "timestamp" -> timestamp = time();
            case "context" -> context = orEmpty(some(OF_CONTEXT));
            case "llmPrompt" -> llmPrompt = tree();
            case "llmOutput" -> llmOutput = text();
            case "aceyOutput" -> aceyOutput = some(OF_OUTPUT);
            case "controlDecision" -> controlDecision = text();
            case "finalAction" -> finalAction = tree();
            case "confidence" -> confidence = number();
            case "autoRules" -> autoRules = some(OF_RULES);
            case "routing" -> routing = some(OF_MODEL);
            case "error" -> error = some(Set.of());
            case "metadata" -> metadata = orEmpty(some(OF_MODEL));
            case "review" -> review = some(Set.of());
            default -> in.skipChildren();
        }
    }

    private LogEntry entry() throws IOException {
        if (id == null || taskType == null || timestamp == null) {
            throw wrong("an entry must have id, taskType and timestamp");
        }
        return new LogEntry(
                id,
                taskType,
                timestamp,
                context,
                llmPrompt,
                llmOutput,
                aceyOutput,
                controlDecision,
                finalAction,
                null,
                null,
                null,
                confidence,
                autoRules == null ? null : rules(),
                routing == null ? null : routing(),
                error == null ? null : new CallError(null, null),
                metadata,
                review == null ? null : new Review(null, null, null));
    }

    private AutoRules rules() {
        return new AutoRules(
                text(autoRules, "ruleSet"),
                null,
                text(autoRules, "action"),
                null,
                null,
                null,
                autoRules.get("output"),
                null,
                false);
    }

    private Routing routing() {
        return new Routing(null, null, null, null, text(routing, "model"), null, null);
    }

    private UUID id() throws IOException {
        String text = text();
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw wrong("must be a UUID");
        }
    }

    private Instant time() throws IOException {
        String text = text();
        try {
            return text == null ? null : Timestamp.parse(text);
        } catch (DateTimeException e) {
            throw wrong("must be a time of ISO 8601");
        }
    }

    private String text() throws IOException {
        if (in.hasToken(JsonToken.VALUE_STRING)) {
            return in.getText();
        }
        if (in.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        throw wrong("must be a text or null");
    }

    private Double number() throws IOException {
        if (in.currentToken().isNumeric()) {
            return in.getDoubleValue();
        }
        if (in.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        throw wrong("must be a number or null");
    }

    private JsonNode tree() throws IOException {
        return in.hasToken(JsonToken.VALUE_STRING)
                ? TextNode.valueOf(in.getText())
                : TREE.readValue(in);
    }

    /** An object's fields of these names, and of earlier messages the first; null for null. */
    private ObjectNode some(Set<String> names) throws IOException {
        if (in.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            throw wrong("must be an object or null");
        }
        ObjectNode some = object();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            if (names.contains(name)) {
                some.set(name, tree());
            } else if (names.equals(OF_CONTEXT) && name.equals(MESSAGES)) {
                some.set(name, first());
            } else {
                in.skipChildren();
            }
        }
        return some;
    }

    /** An array with its first item alone; an empty one for anything else. */
    private ArrayNode first() throws IOException {
        ArrayNode first = JsonNodeFactory.instance.arrayNode();
        if (!in.hasToken(JsonToken.START_ARRAY)) {
            in.skipChildren();
            return first;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (first.isEmpty()) {
                first.add(tree());
            } else {
                in.skipChildren();
            }
        }
        return first;
    }

    private IOException wrong(String rule) throws IOException {
        String field = in.currentName();
        return MismatchedInputException.from(
                in, LogEntry.class, field == null ? rule : field + " " + rule);
    }

    private static String text(ObjectNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    private static ObjectNode orEmpty(ObjectNode node) {
        return node == null ? object() : node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
