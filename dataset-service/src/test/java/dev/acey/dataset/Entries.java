package dev.acey.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.json.JsonConventions;
import java.time.Instant;
import java.util.UUID;

/** Log entries as log-service gives them, for tests to bend. */
public final class Entries {

    public static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    public static final Instant START = Instant.parse("2026-01-15T04:00:00Z");

    private Entries() {}

    /** An approved live answer of task game; each number gives another. */
    public static ObjectNode good(int number) {
        Instant at = START.plusSeconds(number);
        ObjectNode entry = JSON.createObjectNode();
        entry.put("id", id(at, number).toString())
                .put("taskType", "game")
                .put("timestamp", JsonConventions.format(at))
                .put("llmPrompt", "question " + number)
                .put("llmOutput", "answer " + number)
                .put("controlDecision", "approved")
                .put("confidence", 0.9);
        entry.putObject("context").put("environment", "live");
        entry.putObject("metadata").put("model", "m1");
        entry.set("aceyOutput", json("{'speech': 'answer " + number + "', 'intents': []}"));
        entry.set(
                "autoRules",
                json(
                        "{'ruleSet': 'sha256:aa', 'decision': 'approved', 'action': 'deliver',"
                                + " 'findings': [], 'replayable': true}"));
        return entry;
    }

    public static LogEntry entry(ObjectNode json) {
        return JSON.convertValue(json, LogEntry.class);
    }

    /** JSON written with single quotes. */
    public static JsonNode json(String text) {
        return parse(text.replace('\'', '"'));
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static UUID id(Instant at, int number) {
        return new UUID(at.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L | number);
    }
}
