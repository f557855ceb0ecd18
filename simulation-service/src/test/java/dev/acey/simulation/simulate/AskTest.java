package dev.acey.simulation.simulate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.rules.RuleSet;
import dev.acey.simulation.BadBodies;
import dev.acey.simulation.Chatter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class AskTest {

    private static final String PATH = "/api/simulate";
    private static final String PRICED = "{\"promptPerMillion\":10,\"completionPerMillion\":1000}";

    RolloutService rollout;

    @BeforeEach
    void forget() {
        rollout.knowsNothing();
    }

    @Test
    void aCandidateIsAskedEachPromptOnceWithTheLogsOwnMessagesAndSettings() {
        Candidate candidate = Candidate.registered(rollout, "fresh", null).echoes();
        ObjectNode request = chatter(130);
        ((ObjectNode) request.at("/logs/0/metadata")).put("temperature", 0.3).put("user", "u");

        simulate(request, "{\"candidateModel\":\"fresh\"}")
                .statusCode(200)
                .body("state", is("completed"))
                .body("reasons", hasSize(0))
                .body("verdict", is("pass"))
                .body("tasks.game.verdict", is("pass"))
                .body("candidateModel", is("fresh"))
                .body("gates", is(true))
                .body("ruleSet", is(RuleSet.shipped().hash()))
                .body("asked.answered", is(130))
                .body("asked.failed", is(0))
                .body("asked.calls", is(130))
                .body("asked.dollars", is(0.0f))
                .body("flips.compared", is(130))
                .body("progress.done", is(260));
        assertEquals(130, candidate.asked());
        assertEquals(130, candidate.askedFor("game"));
        rollout.server()
                .verify(
                        1,
                        postRequestedFor(urlPathEqualTo("/internal/models/fresh/ask"))
                                .withRequestBody(
                                        equalToJson(
                                                """
                                                {"messages": [{"role": "user", "content": "%s"}],
                                                 "temperature": 0.3}
                                                """
                                                        .formatted(Chatter.line(0)))));
    }

    @Test
    void recordedOutputsOfTheCandidateAreNotAskedForAndDoNotGate() {
        Candidate candidate = Candidate.registered(rollout, "fresh", null).echoes();
        ObjectNode request = chatter(4);
        ((ObjectNode) request.at("/logs/2")).set("candidateOutput", Logs.output("Hello."));

        simulate(request, "{\"candidateModel\":\"fresh\"}")
                .statusCode(200)
                .body("verdict", is("inconclusive"))
                .body("gates", is(false))
                .body("asked.answered", is(3));
        assertEquals(3, candidate.asked());
    }

    @Test
    void aModelThatFailsIsAskedAgainAndThenHasFailed() {
        Candidate candidate = Candidate.registered(rollout, "broken", null).fails("upstream_error");

        String id =
                simulate(chatter(8), "{\"candidateModel\":\"broken\"}")
                        .statusCode(200)
                        .body("verdict", is("fail"))
                        .body("reasons[0]", containsString("failures of the candidate: 8 of 8"))
                        .body("asked.failed", is(8))
                        .body("asked.calls", is(24))
                        .extract()
                        .path("id");
        assertEquals(24, candidate.asked());
        given().get(PATH + "/" + id + "/cases").then().body("cases", hasSize(8));
    }

    @Test
    void whatTheModelsServerRefusesIsNotAskedAgain() {
        Candidate candidate =
                Candidate.registered(rollout, "strict", null).fails("upstream_rejected");

        simulate(chatter(5), "{\"candidateModel\":\"strict\"}").body("asked.failed", is(5));
        assertEquals(5, candidate.asked());
    }

    @Test
    void aCallThereIsNoRoomForIsMadeLaterAndCountsOnce() {
        Candidate candidate = Candidate.registered(rollout, "busy", null);
        rollout.server()
                .stubFor(
                        candidate
                                .ask()
                                .inScenario("busy")
                                .whenScenarioStateIs(Scenario.STARTED)
                                .willReturn(aResponse().withStatus(503))
                                .willSetStateTo("free"));
        rollout.server()
                .stubFor(
                        candidate
                                .ask()
                                .inScenario("busy")
                                .whenScenarioStateIs("free")
                                .willReturn(Candidate.answer("\"Fine.\"", "null")));

        simulate(chatter(6), "{\"candidateModel\":\"busy\"}")
                .body("asked.answered", is(6))
                .body("asked.calls", is(6));
        assertEquals(7, candidate.asked());
    }

    @Test
    void aBudgetOfCallsIsNeverPassed() {
        Candidate candidate = Candidate.registered(rollout, "fresh", null).echoes();

        simulate(chatter(70), "{\"candidateModel\":\"fresh\",\"budget\":{\"calls\":61}}")
                .body("verdict", is("inconclusive"))
                .body("asked.answered", is(61))
                .body("asked.unasked", is(9))
                .body("asked.ended", is("calls"))
                .body("reasons", hasItem(containsString("9 of 70 prompts were not asked")));
        assertEquals(61, candidate.asked());
    }

    @Test
    void aBudgetInDollarsIsNeverPassedAndIsUsedUp() {
        Candidate.registered(rollout, "dear", PRICED).answers("\"Fine.\"", "0.4");

        simulate(chatter(60), "{\"candidateModel\":\"dear\",\"budget\":{\"dollars\":21.5}}")
                .body("asked.dollars", lessThanOrEqualTo(21.5f))
                .body("asked.dollars", greaterThan(4.0f))
                .body("asked.unasked", greaterThan(0))
                .body("asked.ended", is("dollars"));
    }

    @Test
    void aBudgetInDollarsNeedsAPrice() {
        Candidate.registered(rollout, "unpriced", null);
        BadBodies.refused(
                PATH,
                "application/json",
                body(chatter(1), "{\"candidateModel\":\"unpriced\",\"budget\":{\"dollars\":1}}"),
                422,
                "/config/candidateModel");
    }

    @Test
    void whileNobodyKnowsTheModelsNoSimulationIsTaken() {
        rollout.server()
                .stubFor(
                        com.github.tomakehurst.wiremock.client.WireMock.get(
                                        urlPathEqualTo("/api/models/any"))
                                .willReturn(aResponse().withStatus(503)));
        BadBodies.refused(
                        PATH,
                        "application/json",
                        body(chatter(1), "{\"candidateModel\":\"any\"}"),
                        503,
                        "Unavailable")
                .header("Retry-After", notNullValue());
    }

    @Test
    void aJudgeSeesEachPairInBothOrders() {
        Candidate.registered(rollout, "fresh", null).echoes();
        Candidate judge =
                Candidate.registered(rollout, "judge", null)
                        .answers("\"{\\\"better\\\": \\\"first\\\"}\"", "null");

        simulate(chatter(10), "{\"candidateModel\":\"fresh\",\"judgeModel\":\"judge\"}")
                .body("judge.pairs", is(10))
                .body("judge.ties", is(10))
                .body("judge.positionConsistency", is(0.0f))
                .body("judge.difference", is(0.0f))
                .body("asked.calls", is(30));
        assertEquals(20, judge.asked());
    }

    @Test
    void withoutAJudgeThereIsNoOpinion() {
        simulate(chatter(1), "{}").body("judge", nullValue()).body("asked", nullValue());
    }

    @Test
    void aCancelledSimulationAsksNoMore() {
        Candidate candidate = Candidate.registered(rollout, "slow", null);
        rollout.server()
                .stubFor(
                        candidate
                                .ask()
                                .willReturn(
                                        Candidate.answer("\"Fine.\"", "null").withFixedDelay(300)));
        String id =
                given().contentType("application/json")
                        .header("Prefer", "respond-async")
                        .body(body(chatter(200), "{\"candidateModel\":\"slow\"}"))
                        .post(PATH)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> candidate.asked() > 0);

        given().post(PATH + "/" + id + "/cancel").then().statusCode(200);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get(PATH + "/" + id).path("state").equals("cancelled"));
        assertTrue(candidate.asked() < 200);
    }

    private static ObjectNode chatter(int count) {
        return Logs.request(
                count,
                (i, log) -> {
                    log.put("llmPrompt", Chatter.line(i));
                    log.putObject("metadata");
                });
    }

    private static byte[] body(ObjectNode request, String config) {
        try {
            request.set("config", Logs.JSON.readTree(config));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
        return request.toString().getBytes(UTF_8);
    }

    private static ValidatableResponse simulate(ObjectNode request, String config) {
        return given().contentType("application/json")
                .body(body(request, config))
                .post(PATH)
                .then();
    }
}
