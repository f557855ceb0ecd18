package dev.acey.rollout.process;

import static dev.acey.rollout.Api.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.LogService;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConcurrentCallsTest {

    private static final int CLIENTS = 16;
    private static final int CALLS = 200;

    LogService log;

    private final String channel = "busy-" + UUID.randomUUID();

    @Test
    void aChannelIsWhatItsEntriesAddUpToInTheirOrder() throws Exception {
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        log.takesEverything();
        Random random = new Random(42);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            double delta = random.nextInt(-10, 11) / 100.0;
            answers.add(clients.submit(() -> call(delta)));
        }
        for (Future<Integer> answer : answers) {
            assertEquals(200, answer.get());
        }
        clients.shutdown();

        await().untilAsserted(() -> assertEquals(CALLS, mine().size()));
        List<JsonNode> entries = mine();
        entries.sort(Comparator.comparing(e -> e.get("id").asText()));
        RuleState replayed = RuleState.neutral();
        for (JsonNode entry : entries) {
            Instant at = Instant.parse(entry.at("/autoRules/at").asText());
            Verdict verdict = RuleSet.shipped().judge(entry.get("aceyOutput"), replayed, at);
            assertEquals(entry.at("/autoRules/verdictHash").asText(), verdict.hash());
            replayed = replayed.after(entry.get("aceyOutput"), verdict, at);
            assertTrue(lastMinute(replayed) <= 0.1 + 1e-9);
        }
        assertEquals(replayed, stored());
    }

    private List<JsonNode> mine() {
        return new ArrayList<>(
                log.received().stream()
                        .filter(e -> e.at("/context/channel").asText().equals(channel))
                        .toList());
    }

    private double lastMinute(RuleState state) {
        return state.trust().containsKey("ann")
                ? Math.abs(
                        state.trust().get("ann").deltas().stream()
                                .mapToDouble(d -> d.delta())
                                .sum())
                : 0;
    }

    private RuleState stored() throws Exception {
        return RuleState.fromJson(
                new com.fasterxml.jackson.databind.json.JsonMapper()
                        .readTree(get("/api/channels/" + channel + "/state").extract().asString()));
    }

    private int call(double delta) {
        return given().contentType(ContentType.JSON)
                .body(
                        "{\"taskType\": \"trust\", \"context\": {\"channel\": \""
                                + channel
                                + "\"}, \"aceyOutput\": {\"speech\": \"x\", \"intents\":"
                                + " [{\"type\": \"trust_signal\", \"user\": \"ann\", \"delta\": "
                                + delta
                                + "}]}}")
                .post("/api/process")
                .statusCode();
    }
}
