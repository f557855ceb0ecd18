package dev.acey.simulation.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Review;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Review REVIEW = new Review("Eve", null, Instant.EPOCH);

    @Test
    void aDemonstrationIsWhatWouldHaveBeenRight() {
        assertEquals("shown", reference(reviewed("approved", null), node("{'speech':'shown'}")));
    }

    @Test
    void anOutputThatAPersonApprovedIsRight() {
        assertEquals("said", reference(reviewed("approved", null), null));
    }

    @Test
    void whatAPersonPutInItsPlaceIsRight() {
        assertEquals("put", reference(reviewed("modified", node("{'speech':'put'}")), null));
        assertTrue(
                new Case(0, reviewed("modified", node("{'note':'x'}")), null)
                        .reference()
                        .isEmpty());
    }

    @Test
    void whatNobodyLookedAtIsNoReference() {
        assertTrue(new Case(0, entry(), null).reference().isEmpty());
        assertTrue(new Case(0, reviewed("rejected", null), null).reference().isEmpty());
    }

    private static String reference(LogEntry entry, ObjectNode demonstration) {
        return new Case(0, entry, null, demonstration, null, null, null)
                .reference()
                .orElseThrow()
                .speech();
    }

    private static LogEntry reviewed(String decision, ObjectNode action) {
        return entry().decided(decision, action, REVIEW);
    }

    private static LogEntry entry() {
        return LogEntryReader.read(
                node("{'taskType':'game','llmPrompt':'p','aceyOutput':{'speech':'said'}}"));
    }

    private static ObjectNode node(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
