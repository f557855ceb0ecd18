package dev.acey.rollout.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;

/** An entry as a line that log-service takes: at most 1 MiB. */
public final class EntryLine {

    /** What log-service takes, in bytes. */
    public static final int LONGEST = 1 << 20;

    private static final int LONGEST_TEXT = 1_000_000;
    private static final int KEPT = 2_000;
    private static final int LONGEST_SETTING = 256;
    private static final int MOST_SETTINGS = 100;

    private EntryLine() {}

    /** The entry as it is, whatever its length. */
    public static byte[] of(LogEntry entry, ObjectMapper json) {
        try {
            return json.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    /**
     * The entry, of one too large what fits: first without its prompt and the request's long
     * settings, then with the beginning of its output alone. It says so, and that it cannot be
     * replayed.
     */
    public static byte[] fitting(LogEntry entry, ObjectMapper json) {
        byte[] whole = of(entry, json);
        if (whole.length <= LONGEST && length(entry.llmOutput()) <= LONGEST_TEXT) {
            return whole;
        }
        byte[] withoutPrompt = of(shortened(entry, whole.length, false), json);
        return withoutPrompt.length <= LONGEST && length(entry.llmOutput()) <= LONGEST_TEXT
                ? withoutPrompt
                : of(shortened(entry, whole.length, true), json);
    }

    private static LogEntry shortened(LogEntry entry, int bytes, boolean output) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        entry.metadata().properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .filter(field -> field.getValue().asText().length() <= LONGEST_SETTING)
                .limit(MOST_SETTINGS)
                .forEach(field -> metadata.set(field.getKey(), field.getValue()));
        metadata.put("leftOutOfBytes", bytes);
        JsonNode prompt = TextNode.valueOf("(left out: the call was too large for the record)");
        return new LogEntry(
                entry.id(),
                entry.taskType(),
                entry.timestamp(),
                entry.context(),
                prompt,
                output ? beginning(entry.llmOutput()) : entry.llmOutput(),
                output ? beginning(entry.aceyOutput()) : entry.aceyOutput(),
                entry.controlDecision(),
                entry.finalAction(),
                entry.trustDelta(),
                entry.personaMode(),
                entry.performance(),
                entry.confidence(),
                entry.autoRules() == null ? null : notReplayable(entry.autoRules(), output),
                entry.routing(),
                entry.error(),
                metadata,
                entry.review());
    }

    private static ObjectNode beginning(ObjectNode output) {
        if (output == null) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.put("speech", beginning(output.path("speech").asText("")));
        kept.putArray("intents");
        return kept;
    }

    private static AutoRules notReplayable(AutoRules rules, boolean output) {
        return new AutoRules(
                rules.ruleSet(),
                rules.decision(),
                rules.action(),
                rules.findings(),
                rules.state(),
                rules.at(),
                output ? null : rules.output(),
                rules.verdictHash(),
                !output && rules.replayable());
    }

    private static String beginning(String text) {
        if (length(text) <= KEPT) {
            return text;
        }
        boolean cutsPair = Character.isHighSurrogate(text.charAt(KEPT - 1));
        return text.substring(0, cutsPair ? KEPT - 1 : KEPT);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
