package dev.acey.log.collect;

import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.json;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.log.LogDatabase;
import dev.acey.rules.CanonicalJson;
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

    /**
     * Cases that a log entry can hold, judged as this service judges: by the rules shipped, without
     * history.
     */
    static Stream<GoldenCase> cases() {
        return GoldenCases.all().stream()
                .filter(GoldenCase::isShipped)
                .filter(c -> c.state().equals(RuleState.neutral()))
                .filter(c -> c.output().isObject())
                .filter(c -> !c.output().has("intents") || c.output().path("intents").isArray())
                .filter(c -> !c.output().has("speech") || c.output().path("speech").isTextual());
    }

    @Test
    void thereAreCasesToTry() {
        assertTrue(cases().count() >= 20, "only " + cases().count());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVerdictOnArrivalIsTheOneOfTheGoldenCase(GoldenCase golden) {
        JsonNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("taskType", newTask())
                        .put("llmPrompt", golden.name())
                        .set("aceyOutput", golden.output());
        Response answer = log(entry.toString());
        assertEquals(201, answer.statusCode(), answer.asString());
        JsonNode stored = get("/api/logs/" + json(answer.asString()).path("id").asText());
        JsonNode verdict = stored.path("autoRules");
        assertEquals(CanonicalJson.sha256(golden.verdict()), verdict.path("verdictHash").asText());
        JsonNode expected = json(new String(golden.verdict(), StandardCharsets.UTF_8));
        assertEquals(expected.path("decision"), verdict.path("decision"));
        assertEquals(expected.path("action"), verdict.path("action"));
        assertEquals(expected.path("findings"), verdict.path("findings"));
    }
}
