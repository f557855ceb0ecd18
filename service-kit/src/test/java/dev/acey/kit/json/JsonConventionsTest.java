package dev.acey.kit.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.acey.kit.problem.UnstorableJsonException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonConventionsTest {

    record Command(String name, ObjectNode more, JsonNode any) {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        new JsonConventions().customize(mapper);
        return mapper;
    }

    @Test
    void timesHaveThreeFractionalDigits() throws JsonProcessingException {
        assertEquals(
                "\"2026-01-15T04:05:06.100Z\"",
                mapper().writeValueAsString(Instant.parse("2026-01-15T04:05:06.1Z")));
        assertEquals(
                "\"2026-01-15T04:05:06.000Z\"",
                mapper().writeValueAsString(Instant.parse("2026-01-15T04:05:06Z")));
    }

    @Test
    void aMissingTreeIsNullAndAnExplicitOneIsNullToo() throws JsonProcessingException {
        Command command = mapper().readValue("{\"name\": null, \"more\": null}", Command.class);
        assertNull(command.more());
        assertNull(command.any());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": [1, \"\\ud800\"]}|/a/1",
                "{\"a\": \"\\udc00\\ud800\"}|/a",
                "{\"a\": {\"b\": 1e999}}|/a/b",
                "{\"a\": {\"\\ud800\": 1}}|/a",
            })
    void aTreeNothingCouldHoldIsRefusedWhileReading(String text, String pointer) {
        UnstorableJsonException e =
                assertThrows(UnstorableJsonException.class, () -> mapper().readTree(text));
        assertEquals(pointer, e.errors().get(0).pointer());
    }

    @Test
    void aWholePairAndTheNulCharacterAreFine() throws JsonProcessingException {
        JsonNode tree = mapper().readTree("{\"a\": \"\\ud83d\\ude00 \\u0000\"}");
        assertTrue(StorableJson.check(tree).isEmpty());
    }
}
