package dev.acey.rollout.process;

import static dev.acey.rollout.Api.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.LogService;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.RuleState;
import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The golden cases that need no history, over HTTP. */
@QuarkusTest
class GoldenCallsTest {

    LogService log;

    @Inject ObjectMapper json;

    @Test
    void whatAClientSendsGetsTheGoldenVerdict() throws IOException {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        List<GoldenCase> cases =
                GoldenCases.all().stream()
                        .filter(c -> c.isShipped() && c.state().equals(RuleState.neutral()))
                        .filter(GoldenCallsTest::isEntry)
                        .toList();
        assertTrue(cases.size() >= 80, "only " + cases.size());
        Map<UUID, GoldenCase> posted = new HashMap<>();
        for (GoldenCase golden : cases) {
            UUID id =
                    given().contentType(ContentType.JSON)
                            .body(
                                    json.writeValueAsBytes(
                                            new ProcessCommand(
                                                    "game", (ObjectNode) golden.output(), null)))
                            .post("/api/process")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getUUID("logId");
            posted.put(id, golden);
        }
        await().untilAsserted(
                        () -> assertTrue(posted.keySet().stream().noneMatch(this::isAwaited)));
        for (UUID id : posted.keySet()) {
            JsonNode entry = log.received(id).get(0);
            GoldenCase golden = posted.get(id);
            assertEquals(
                    CanonicalJson.sha256(golden.verdict()),
                    entry.at("/autoRules/verdictHash").asText(),
                    golden.name());
        }
    }

    private boolean isAwaited(UUID id) {
        return log.received(id).isEmpty();
    }

    private static boolean isEntry(GoldenCase golden) {
        if (!golden.output().isObject()) {
            return false;
        }
        try {
            return new ProcessCommand("game", (ObjectNode) golden.output(), null).toEntry() != null;
        } catch (ProblemException e) {
            return false;
        }
    }
}
