package dev.acey.kit.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEntryReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode sent(String more) {
        try {
            String start = "{\"taskType\": \"game\", \"llmPrompt\": \"hello\"";
            return (ObjectNode) JSON.readTree(start + (more.isEmpty() ? "" : ", " + more) + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void theSmallestEntryHasATaskAndAPrompt() {
        LogEntry entry = LogEntryReader.read(sent(""));
        assertEquals("game", entry.taskType());
        assertEquals("live", entry.environment());
        assertNull(entry.confidence());
        assertFalse(entry.failed());
    }

    @Test
    void confidenceDefaultsToTheMeanOfTheIntentsThatHaveOne() {
        LogEntry entry =
                LogEntryReader.read(
                        sent(
                                "\"aceyOutput\": {\"speech\": \"hi\", \"intents\": [{\"type\": \"a\","
                                        + " \"confidence\": 0.5}, {\"type\": \"b\"}, {\"type\":"
                                        + " \"c\", \"confidence\": 1}]}"));
        assertEquals(0.75, entry.confidence());
        assertEquals("hi", entry.llmOutput());
    }

    @Test
    void unknownFieldsAreKeptAsExtraMetadata() {
        LogEntry entry =
                LogEntryReader.read(sent("\"colour\": \"red\", \"metadata\": {\"model\": \"m\"}"));
        assertEquals("red", entry.metadata().at("/extra/colour").textValue());
        assertEquals("m", entry.model());
    }

    @Test
    void aClientsOwnVerdictAndRoutingAreNotBelieved() {
        LogEntry entry =
                LogEntryReader.read(
                        sent(
                                "\"autoRules\": {\"decision\": \"approved\"}, \"routing\":"
                                        + " {\"variant\": \"candidate\", \"token\": \"t\"}"));
        assertNull(entry.autoRules());
        assertNull(entry.routing());
    }

    @Test
    void aTimestampOfAnotherDayThanTheIdsIsRefused() {
        UUID id = UuidCreator.getTimeOrderedEpoch(Instant.parse("2026-01-15T23:59:59Z"));
        JsonNode entry = sent("\"id\": \"" + id + "\", \"timestamp\": \"2026-01-16T00:00:00Z\"");
        InvalidEntryException e =
                assertThrows(InvalidEntryException.class, () -> LogEntryReader.read(entry));
        assertEquals("/timestamp", e.problem().errors().get(0).pointer());
    }

    @Test
    void theTimeOfAnIdIsItsMilliseconds() {
        Instant at = Instant.parse("2026-01-15T04:05:06.123Z");
        assertEquals(at, LogEntryReader.timeOf(UuidCreator.getTimeOrderedEpoch(at)));
    }

    @Test
    void everyBrokenRuleIsNamedAtOnce() throws JsonProcessingException {
        JsonNode entry = JSON.readTree("{\"taskType\": \"Game!\", \"confidence\": 2}");
        InvalidEntryException e =
                assertThrows(InvalidEntryException.class, () -> LogEntryReader.read(entry));
        assertEquals(3, e.problem().errors().size());
        assertTrue(e.oneLine().contains("/llmPrompt is required"), e.oneLine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\": \"1234\"|/id",
                "\"id\": \"7d444840-9dc0-41d1-b245-5ffdce74fad2\"|/id",
                "\"timestamp\": \"noon\"|/timestamp",
                "\"timestamp\": \"+12026-01-15T04:05:06Z\"|/timestamp",
                "\"context\": []|/context",
                "\"context\": {\"user\": 7}|/context/user",
                "\"context\": {\"environment\": \"prod\"}|/context/environment",
                "\"llmPrompt\": []|/llmPrompt",
                "\"llmPrompt\": [{\"content\": \"a\"}]|/llmPrompt",
                "\"llmPrompt\": 7|/llmPrompt",
                "\"llmOutput\": {}|/llmOutput",
                "\"aceyOutput\": \"hello\"|/aceyOutput",
                "\"aceyOutput\": {\"speech\": 1}|/aceyOutput/speech",
                "\"aceyOutput\": {\"intents\": {}}|/aceyOutput/intents",
                "\"controlDecision\": \"maybe\"|/controlDecision",
                "\"trustDelta\": \"0\"|/trustDelta",
                "\"trustDelta\": 1.01|/trustDelta",
                "\"personaMode\": \"angry\"|/personaMode",
                "\"performance\": {\"responseTime\": -1}|/performance/responseTime",
                "\"performance\": {\"promptTokens\": 1.5}|/performance/promptTokens",
                "\"performance\": {\"cost\": 1e999}|/performance/cost",
                "\"confidence\": 1.001|/confidence",
                "\"confidence\": null, \"error\": {}|/error/type",
                "\"metadata\": 3|/metadata",
            })
    void aFieldThatBreaksItsRuleIsNamed(String field, String pointer) {
        InvalidEntryException e =
                assertThrows(InvalidEntryException.class, () -> LogEntryReader.read(sent(field)));
        assertTrue(
                e.problem().errors().stream().anyMatch(error -> error.pointer().equals(pointer)),
                e.oneLine());
    }
}
