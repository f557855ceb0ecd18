package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.source.Call;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.sensitive.Redactor;
import java.util.Map;
import java.util.Set;

/**
 * The answer an example teaches.
 *
 * @param speech what is said, empty when nothing is
 * @param intents the actions proposed, as they were given
 */
record Answer(String speech, ArrayNode intents) {

    private static final Set<String> DELIVERING = Set.of("deliver", "deliver_modified");

    /**
     * What a person showed to be right or corrected where somebody did, else what was delivered,
     * else (the rules kept it back, or there is only raw text) what the model gave.
     */
    static Answer of(Call call) {
        LogEntry entry = call.entry();
        if (call.demonstration() != null) {
            return of(call.demonstration());
        }
        if (isCorrected(entry)) {
            return of(entry.finalAction());
        }
        AutoRules rules = entry.autoRules();
        if (rules != null
                && rules.action() != null
                && DELIVERING.contains(rules.action())
                && rules.output() instanceof ObjectNode delivered) {
            return of(delivered);
        }
        return ofModel(entry);
    }

    /** What the model gave, whatever became of it. */
    static Answer ofModel(LogEntry entry) {
        if (entry.aceyOutput() != null) {
            return of(entry.aceyOutput());
        }
        String raw = entry.llmOutput() == null ? "" : entry.llmOutput();
        return new Answer(raw, JsonNodeFactory.instance.arrayNode());
    }

    /** Whether a person wrote it, in place of what the model gave. */
    static boolean isByPerson(Call call) {
        return call.demonstration() != null || isCorrected(call.entry());
    }

    /** The same without personal data and credentials. */
    Answer redacted(Redactor redactor, Map<String, Integer> counts) {
        return redactor.isIdle()
                ? this
                : new Answer(
                        redactor.redact(speech, counts),
                        (ArrayNode) redactor.redact(intents, counts));
    }

    boolean isSilent() {
        return speech.isBlank();
    }

    /** A reviewer who modified an answer says with {@code finalAction} what it should have been. */
    private static boolean isCorrected(LogEntry entry) {
        JsonNode action = entry.finalAction();
        return entry.review() != null
                && "modified".equals(entry.controlDecision())
                && action != null
                && (action.path("speech").isTextual() || action.path("intents").isArray());
    }

    private static Answer of(JsonNode output) {
        return new Answer(
                output.path("speech").asText(""),
                output.get("intents") instanceof ArrayNode intents
                        ? intents
                        : JsonNodeFactory.instance.arrayNode());
    }
}
