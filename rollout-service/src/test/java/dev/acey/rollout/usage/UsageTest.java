package dev.acey.rollout.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.rollout.model.Pricing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void whatTheProviderSaysCountsAndCostsByTheMillion() throws JsonProcessingException {
        Usage usage =
                Usage.said(
                                json(
                                        "{\"usage\": {\"prompt_tokens\": 1000, \"completion_tokens\": 500}}"))
                        .orElseThrow();
        assertEquals(new Usage(1_000, 500, false), usage);
        assertEquals(0.007, usage.cost(new Pricing(2.0, 10.0)), 1e-12);
        assertNull(usage.cost(null));
    }

    @Test
    void whatIsNoCountIsNotBelieved() throws JsonProcessingException {
        for (String tokens : new String[] {"-1", "1.5", "\"3\"", "null", "1e30"}) {
            assertEquals(
                    Optional.empty(),
                    Usage.said(
                            json(
                                    "{\"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": "
                                            + tokens
                                            + "}}")));
        }
    }

    @Test
    void withoutAWordTokensAreEstimated() throws JsonProcessingException {
        Usage usage =
                estimate("[{\"role\": \"user\", \"content\": \"hello world\"}]", "hello world");
        assertTrue(usage.estimated());
        assertEquals(3, usage.completionTokens());
        assertEquals(9, usage.promptTokens());
    }

    @Test
    void aLongTextIsCountedByItsBeginning() throws JsonProcessingException {
        Usage usage = estimate("[]", "hello ".repeat(100_000));
        assertEquals(100_000, usage.completionTokens(), 2_000);
    }

    private static Usage estimate(String messages, String content) throws JsonProcessingException {
        JsonNode answer = JSON.createObjectNode().put("content", content);
        return new TokenEstimate()
                .of(json(messages), answer)
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
