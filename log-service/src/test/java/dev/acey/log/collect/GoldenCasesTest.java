package dev.acey.log.collect;

import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.json;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.test.RolloutService;
import dev.acey.log.LogDatabase;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives here gets the verdicts that the rule engine's own cases ask for. */
@QuarkusTest
@LogDatabase
class GoldenCasesTest {

    RolloutService rollout;

    static Stream<GoldenCase> ofTheShippedRules() {
        return withoutHistory().filter(GoldenCase::isShipped);
    }

    static Stream<GoldenCase> ofRulesOfTheirOwn() {
        return withoutHistory().filter(c -> !c.isShipped());
    }

    /** Cases that a log entry can hold; what arrives is judged without history. */
    private static Stream<GoldenCase> withoutHistory() {
        return GoldenCases.all().stream()
                .filter(c -> c.state().equals(RuleState.neutral()))
                .filter(c -> c.output().isObject())
                .filter(c -> !c.output().has("intents") || c.output().path("intents").isArray())
                .filter(c -> !c.output().has("speech") || c.output().path("speech").isTextual());
    }

    @Test
    void thereAreCasesToTry() {
        assertTrue(ofTheShippedRules().count() >= 20, "only " + ofTheShippedRules().count());
        assertTrue(ofRulesOfTheirOwn().count() >= 10, "only " + ofRulesOfTheirOwn().count());
    }

    @ParameterizedTest
    @MethodSource("ofTheShippedRules")
    void theVerdictOnArrivalIsTheOneOfTheGoldenCase(GoldenCase golden) {
        assertGolden(golden, arrives(golden));
    }

    @Test
    void underOtherRulesItIsTheOneOfTheirGoldenCases() {
        try {
            ofRulesOfTheirOwn()
                    .forEach(
                            golden -> {
                                activate(golden.rules());
                                assertGolden(
                                        golden,
                                        await().until(
                                                        () -> arrives(golden),
                                                        v -> isOf(golden.rules(), v)));
                            });
        } finally {
            activate(RuleSet.shipped());
            GoldenCase any = ofTheShippedRules().findFirst().orElseThrow();
            await().until(() -> arrives(any), v -> isOf(RuleSet.shipped(), v));
        }
    }

    private void activate(RuleSet rules) {
        rollout.knows(rules.hash(), rules.canonical());
        rollout.activates(rules.hash());
    }

    private static boolean isOf(RuleSet rules, JsonNode verdict) {
        return verdict.path("ruleSet").asText().equals(rules.hash());
    }

    private static JsonNode arrives(GoldenCase golden) {
        JsonNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("taskType", newTask())
                        .put("llmPrompt", golden.name())
                        .set("aceyOutput", golden.output());
        Response answer = log(entry.toString());
        assertEquals(201, answer.statusCode(), answer.asString());
        return get("/api/logs/" + json(answer.asString()).path("id").asText()).path("autoRules");
    }

    private static void assertGolden(GoldenCase golden, JsonNode verdict) {
        assertEquals(
                CanonicalJson.sha256(golden.verdict()),
                verdict.path("verdictHash").asText(),
                golden.name());
        JsonNode expected = json(new String(golden.verdict(), StandardCharsets.UTF_8));
        assertEquals(expected.path("decision"), verdict.path("decision"));
        assertEquals(expected.path("action"), verdict.path("action"));
        assertEquals(expected.path("findings"), verdict.path("findings"));
    }
}
