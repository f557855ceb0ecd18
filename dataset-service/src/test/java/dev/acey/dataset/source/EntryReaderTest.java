package dev.acey.dataset.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.kit.entry.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReaderTest {

    private static final String WHOLE =
            """
            {'id': '019bbf3c-0000-7000-8000-000000000001', 'taskType': 'game',
             'timestamp': '2026-01-15T04:05:06.123Z',
             'context': {'gameState': {'pot': [1, 2]}, 'channel': 'c', 'user': 'u',
               'environment': 'live', 'previousMessages': [{'content': 'hi'}, {'content': 'ho'}]},
             'llmPrompt': [{'role': 'user', 'content': 'é \\uD83D\\uDE00 \\n'}],
             'llmOutput': 'raw',
             'aceyOutput': {'toolCalls': [{}], 'speech': 's', 'intents': [{'type': 'x', 'd': 0.1}]},
             'trustDelta': 0.1, 'personaMode': 'calm', 'performance': {'responseTime': 3},
             'confidence': 0.75,
             'autoRules': {'ruleSet': 'sha256:aa', 'decision': 'approved', 'action': 'deliver',
               'findings': [{'rule': 'r'}], 'state': {'memories': [1]}, 'output': {'speech': 'o'}},
             'routing': {'attempts': [{'model': 'not this'}], 'model': 'm'},
             'error': null, 'metadata': {'temperature': 0.5, 'model': 'n'},
             'controlDecision': 'modified', 'finalAction': {'speech': 'f'},
             'review': {'reviewer': 'r', 'at': '2026-01-16T00:00:00.000Z'}, 'later': [{}]}
            """;

    @Test
    void whatExamplesAreMadeOfIsReadAsTheEntryIsBoundElsewhere() throws IOException {
        LogEntry read = read(json());
        LogEntry bound = Entries.entry(json());

        assertEquals(bound.id(), read.id());
        assertEquals(bound.taskType(), read.taskType());
        assertEquals(bound.timestamp(), read.timestamp());
        assertEquals(bound.environment(), read.environment());
        assertEquals(bound.channel(), read.channel());
        assertEquals(bound.user(), read.user());
        assertEquals(
                bound.context().at("/previousMessages/0"),
                read.context().at("/previousMessages/0"));
        assertEquals(bound.llmPrompt(), read.llmPrompt());
        assertEquals(bound.llmOutput(), read.llmOutput());
        assertEquals(bound.aceyOutput().get("speech"), read.aceyOutput().get("speech"));
        assertEquals(bound.aceyOutput().get("intents"), read.aceyOutput().get("intents"));
        assertEquals(bound.controlDecision(), read.controlDecision());
        assertEquals(bound.finalAction(), read.finalAction());
        assertEquals(bound.confidence(), read.confidence());
        assertEquals(bound.autoRules().ruleSet(), read.autoRules().ruleSet());
        assertEquals(bound.autoRules().action(), read.autoRules().action());
        assertEquals(bound.autoRules().output(), read.autoRules().output());
        assertEquals(bound.model(), read.model());
        assertEquals(bound.failed(), read.failed());
        assertTrue(read.review() != null);
    }

    @Test
    void whatNoExampleIsMadeOfIsNotKept() throws IOException {
        LogEntry read = read(json());

        assertFalse(read.context().has("gameState"));
        assertEquals(1, read.context().get("previousMessages").size());
        assertFalse(read.aceyOutput().has("toolCalls"));
        assertNull(read.autoRules().findings());
        assertNull(read.performance());
    }

    @Test
    void whatIsMissingOrNullIsAsItIsBoundElsewhere() throws IOException {
        ObjectNode bare = json().retain("id", "taskType", "timestamp");

        assertNull(read(bare).llmPrompt());
        assertEquals("live", read(bare).environment());
        assertNull(read(bare).model());
        for (String name :
                new String[] {"llmPrompt", "context", "metadata", "aceyOutput", "confidence"}) {
            bare.putNull(name);
        }
        assertEquals(NullNode.instance, read(bare).llmPrompt());
        assertEquals("live", read(bare).environment());
        assertNull(read(bare).aceyOutput());
        assertNull(read(bare).confidence());
    }

    @Test
    void aFailedCallIsSeenWhateverFailed() throws IOException {
        ObjectNode failed = json();
        failed.putObject("error").put("type", "upstream_timeout");

        assertTrue(read(failed).failed());
    }

    /** Each field with a value of another type. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 'no uuid'}",
                "{'id': null}",
                "{'taskType': 7}",
                "{'taskType': {}}",
                "{'timestamp': 'yesterday'}",
                "{'timestamp': '2026-02-30T00:00:00.000Z'}",
                "{'timestamp': 1768449906}",
                "{'context': 'c'}",
                "{'llmOutput': ['o']}",
                "{'aceyOutput': 'o'}",
                "{'controlDecision': true}",
                "{'confidence': 'high'}",
                "{'autoRules': []}",
                "{'routing': 1}",
                "{'error': 'broken'}",
                "{'metadata': []}",
                "{'review': 'yes'}"
            })
    void whatIsAskedForMustBeOfItsTypeAndTheFieldIsNamedWithoutItsContent(String wrong) {
        ObjectNode given = (ObjectNode) Entries.json(wrong);
        String field = given.fieldNames().next();

        IOException refusal = assertThrows(IOException.class, () -> read(json().setAll(given)));

        assertTrue(refusal.getMessage().contains(field), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("yesterday"), refusal.getMessage());
    }

    /** Each of another type than an entry has there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'performance': 'fast'}",
                "{'trustDelta': 'a'}",
                "{'personaMode': [[]]}",
                "{'redactions': 3}",
                "{'autoRules': {'findings': 5, 'state': 'none', 'at': [], 'verdictHash': {}}}",
                "{'context': {'previousMessages': {'content': 'hi'}, 'gameState': 7}}"
            })
    void whatIsSkippedMayBeAnyJson(String odd) throws IOException {
        LogEntry read = read(json().setAll((ObjectNode) Entries.json(odd)));

        assertEquals("s", read.aceyOutput().get("speech").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'performance': {'a': }}",
                "{'findings': [1 2]}",
                "{'trustDelta': 01}",
                "{'later': 'unended",
                "{'later': tru}",
                "{'later': {'a': 1}"
            })
    void whatIsSkippedMustBeJson(String broken) {
        assertThrows(IOException.class, () -> read(broken.replace('\'', '"')));
    }

    private static ObjectNode json() {
        return (ObjectNode) Entries.json(WHOLE);
    }

    private static LogEntry read(JsonNode entry) throws IOException {
        return read(entry.toString());
    }

    private static LogEntry read(String entry) throws IOException {
        try (JsonParser parser =
                EntryReader.MAPPER.createParser(entry.getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            return EntryReader.read(parser);
        }
    }
}
