package dev.acey.simulation.impact;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import com.github.tomakehurst.wiremock.WireMockServer;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import dev.acey.simulation.simulate.LogServiceStub;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class ImpactTest {

    private static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final String PAGES = "/internal/logs/page";
    private static final String WEEK =
            "{\"from\":\"2026-01-14\",\"to\":\"2026-01-21\",\"taskType\":\"game\"}";

    private final RuleSet strict =
            RuleSet.parse(
                    """
                    rules:
                      - id: own.noTea
                        on: speech
                        when: speech.contains('tea')
                        effect: reject
                        reason: no tea here
                    """);

    WireMockServer logService;
    RolloutService rollout;

    @BeforeEach
    void knowTheStrictSet() {
        logService.resetAll();
        rollout.knowsNothing();
        rollout.knows(strict.hash(), strict.canonical());
    }

    @Test
    void whatWouldChangeIsCountedByTaskAndRuleAndListed() {
        ArrayNode first = entries("Some tea?", "A hand.");
        ArrayNode second = entries("More tea!", "Nice tea.", "Blinds.");
        ((ObjectNode) second.get(1).get("autoRules")).put("replayable", false);
        hands(null, "cursor-2", first);
        hands("cursor-2", null, second);

        String id =
                post(strict.hash(), WEEK)
                        .statusCode(200)
                        .body("state", is("completed"))
                        .body("ruleSet", is(strict.hash()))
                        .body("from", is("2026-01-14T00:00:00.000Z"))
                        .body("to", is("2026-01-21T00:00:00.000Z"))
                        .body("judged", is(4))
                        .body("changed", is(2))
                        .body("notReplayable", is(1))
                        .body("tasks.game.judged", is(4))
                        .body("tasks.game.decisions.'approved → rejected'", is(2))
                        .body("rules.'own.noTea'.recorded", is(0))
                        .body("rules.'own.noTea'.now", is(2))
                        .body("rules.'own.noTea'.changed", is(2))
                        .body("changes", hasSize(2))
                        .body("changes[0].recorded", is("approved"))
                        .body("changes[0].now", is("rejected"))
                        .body("changes[0].recordedFindings", hasSize(0))
                        .body("changes[0].nowFindings[0].ruleId", is("own.noTea"))
                        .extract()
                        .path("id");

        given().get("/api/rules/" + strict.hash() + "/impact/" + id)
                .then()
                .statusCode(200)
                .body("changed", is(2));
        given().get("/api/rules/sha256:0/impact/" + id).then().statusCode(404);
        logService.verify(
                2,
                getRequestedFor(urlPathEqualTo(PAGES))
                        .withQueryParam("taskType", equalTo("game"))
                        .withQueryParam("environment", equalTo("live"))
                        .withQueryParam("to", equalTo("2026-01-21T00:00:00.000Z")));
    }

    @Test
    void theSetThatJudgedChangesNothing() {
        hands(null, null, entries("Some tea?", "A hand."));

        post(RuleSet.shipped().hash(), "{}")
                .statusCode(200)
                .body("judged", is(2))
                .body("changed", is(0));
    }

    @Test
    void aPageThatIsMissingOnceIsAskedForAgain() {
        logService.stubFor(
                get(urlPathEqualTo(PAGES))
                        .inScenario("restart")
                        .whenScenarioStateIs("Started")
                        .willReturn(serverError().withStatus(503))
                        .willSetStateTo("back"));
        logService.stubFor(
                get(urlPathEqualTo(PAGES))
                        .inScenario("restart")
                        .whenScenarioStateIs("back")
                        .willReturn(okJson(page(null, entries("A hand.")))));

        post(strict.hash(), WEEK).statusCode(200).body("judged", is(1));
    }

    @Test
    void aSetThatNobodyKnowsIsNotFound() {
        post("sha256:" + "0".repeat(64), WEEK).statusCode(404);
        post("latest", WEEK).statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from':'soon'} | /from",
                "{'from':'2026-01-02','to':'2026-01-01'} | /to",
                "{'from':'2999-01-01'} | /from",
                "{'taskType':'Game'} | /taskType",
                "{'until':'2026-01-01'} | /until",
            })
    void badTimesAreRefusedByField(String body, String pointer) {
        post(strict.hash(), body.replace('\'', '"'))
                .statusCode(400)
                .body("errors[0].pointer", is(pointer));
    }

    private void hands(String after, String next, ArrayNode entries) {
        logService.stubFor(
                get(urlPathEqualTo(PAGES))
                        .withQueryParam("after", after == null ? absent() : equalTo(after))
                        .willReturn(okJson(page(next, entries))));
    }

    private static String page(String next, ArrayNode entries) {
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("nextCursor", next);
        page.set("logs", entries);
        return page.toString();
    }

    private static ArrayNode entries(String... speeches) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (String speech : speeches) {
            ObjectNode output = JsonNodeFactory.instance.objectNode().put("speech", speech);
            output.putArray("intents");
            Verdict verdict = RuleSet.shipped().judge(output, RuleState.neutral(), AT);
            ObjectNode entry = entries.addObject();
            entry.put("id", UuidCreator.getTimeOrderedEpoch(AT).toString());
            entry.put("taskType", "game").put("timestamp", AT.toString()).put("llmPrompt", "p");
            entry.set("aceyOutput", output);
            ObjectNode recorded = entry.putObject("autoRules");
            recorded.put("ruleSet", verdict.ruleSet()).put("decision", verdict.decision().json());
            recorded.putArray("findings");
            recorded.put("at", AT.toString()).put("replayable", true);
            recorded.set("state", RuleState.neutral().toJson());
        }
        return entries;
    }

    private static ValidatableResponse post(String hash, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/rules/" + hash + "/impact")
                .then();
    }
}
