package dev.acey.log.redact;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.rules.sensitive.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionSettingsTest {

    private record Settings(Optional<Set<Kind>> detectors, Map<String, String> patterns)
            implements RedactionSettings {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badge | a( | acey.log.redaction.patterns.badge: not a regular expression",
                "badge | a* | acey.log.redaction.patterns.badge matches the empty text",
                "badge | ((a{1000}){1000}){1000} | acey.log.redaction.patterns.badge: the regular",
                "email | x | acey.log.redaction.patterns.email has the name of a detector",
                "Badge | x | acey.log.redaction.patterns.Badge is not named like"
            })
    void aPatternThatBreaksARuleIsNamed(String label, String pattern, String message) {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> redaction(Map.of(label, pattern)))
                        .getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void patternsAreBoundedInLengthAndNumber() {
        assertThrows(
                IllegalArgumentException.class, () -> redaction(Map.of("long", "x".repeat(1_001))));
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            many.put("p" + i, "x");
        }
        assertDoesNotThrow(() -> redaction(many));
        many.put("one-more", "x");
        assertThrows(IllegalArgumentException.class, () -> redaction(many));
    }

    @Test
    void withoutSettingsAnEntryIsStoredAsItCame() {
        LogEntry entry =
                LogEntryReader.read(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("taskType", "game")
                                .put("llmPrompt", "ann@corp.io"));
        Redaction redaction = redaction(Map.of());
        assertSame(entry, redaction.of(entry));
        assertEquals("ann@corp.io", redaction.text("ann@corp.io"));
    }

    private static Redaction redaction(Map<String, String> patterns) {
        return new Redaction(new Settings(Optional.empty(), patterns), new SimpleMeterRegistry());
    }
}
