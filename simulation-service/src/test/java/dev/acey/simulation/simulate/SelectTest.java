package dev.acey.simulation.simulate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import dev.acey.simulation.Chatter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class SelectTest {

    private static final String SAMPLE = "/internal/logs/sample";

    private static final String STRICT =
            """
            rules:
              - id: own.nothing
                on: speech
                effect: reject
                reason: nothing may be said
            """;

    WireMockServer logService;
    RolloutService rollout;

    @BeforeEach
    void forget() {
        logService.resetAll();
        rollout.knowsNothing();
    }

    @Test
    void verdictsRecordedLiveAreReachedAgain() {
        answers(Logs.sample(60));

        simulate("{\"select\":{\"taskType\":\"game\"}}")
                .statusCode(200)
                .body("verdict", is("pass"))
                .body("reasons", empty())
                .body("consistency.checked", is(60))
                .body("consistency.agree", is(60))
                .body("consistency.notCheckable", is(0))
                .body("flips.rate", nullValue());
    }

    @Test
    void aRecordThatDoesNotFitFailsAndIsNamed() {
        answers(
                Logs.sample(
                        10,
                        (i, verdict) -> {
                            if (i == 7) {
                                verdict.put("verdictHash", "sha256:" + "0".repeat(64));
                            }
                        }));

        simulate("{\"select\":{}}")
                .statusCode(200)
                .body("verdict", is("fail"))
                .body("consistency.agree", is(9))
                .body("consistency.mismatches", hasSize(1))
                .body("consistency.mismatches[0].position", is(7))
                .body("consistency.mismatches[0].logId", notNullValue())
                .body("consistency.mismatches[0].recorded", is("sha256:" + "0".repeat(64)));
    }

    @Test
    void whatCannotBeReplayedIsCountedApart() {
        answers(
                Logs.sample(
                        9,
                        (i, verdict) -> {
                            if (i % 3 == 0) {
                                verdict.put("replayable", false);
                            } else if (i % 3 == 1) {
                                verdict.put("ruleSet", "sha256:" + "0".repeat(64));
                            }
                        }));

        simulate("{\"select\":{}}")
                .statusCode(200)
                .body("consistency.checked", is(3))
                .body("consistency.notCheckable", is(6));
    }

    @Test
    void eachVerdictIsReachedAgainByTheSetThatReachedItLive() {
        RuleSet other = RuleSet.shipped().with("memory.lowConfidence", false);
        rollout.knows(other.hash(), other.canonical());
        answers(
                Logs.sample(
                        60,
                        (i, verdict) -> {
                            if (i % 2 == 0) {
                                Verdict live =
                                        other.judge(
                                                Logs.output(Chatter.line(i)),
                                                RuleState.neutral(),
                                                Instant.parse(verdict.get("at").textValue()));
                                verdict.put("ruleSet", other.hash());
                                verdict.put("verdictHash", live.hash());
                            }
                        }));

        simulate("{\"select\":{}}")
                .statusCode(200)
                .body("verdict", is("pass"))
                .body("consistency.agree", is(60))
                .body("consistency.notCheckable", is(0));
    }

    @Test
    void aSetThatCannotBeAskedForNowIsWaitedFor() {
        RuleSet other = RuleSet.shipped().with("memory.ttlLimit", false);
        rollout.isAway();
        answers(
                Logs.sample(
                        3,
                        (i, verdict) -> {
                            Verdict live =
                                    other.judge(
                                            Logs.output(Chatter.line(i)),
                                            RuleState.neutral(),
                                            Instant.parse(verdict.get("at").textValue()));
                            verdict.put("ruleSet", other.hash());
                            verdict.put("verdictHash", live.hash());
                        }));

        String id =
                given().contentType("application/json")
                        .header("Prefer", "respond-async")
                        .body("{\"select\":{}}")
                        .post("/api/simulate")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().until(() -> rollout.asked(other.hash()) > 0);
        rollout.knowsNothing();
        rollout.knows(other.hash(), other.canonical());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/api/simulate/" + id).path("state").equals("completed"));
        given().get("/api/simulate/" + id).then().body("consistency.agree", is(3));
    }

    @Test
    void aChosenSetJudgesEveryOutput() {
        RuleSet strict = RuleSet.parse(STRICT);
        rollout.knows(strict.hash(), strict.canonical());
        answers(Logs.sample(5));

        String id =
                simulate("{\"select\":{},\"config\":{\"ruleSet\":\"%s\"}}".formatted(strict.hash()))
                        .statusCode(200)
                        .body("consistency.agree", is(5))
                        .extract()
                        .path("id");
        given().get("/api/simulate/" + id + "/cases")
                .then()
                .body("cases.baseline.ruleSet", everyItem(is(strict.hash())))
                .body("cases.baseline.decision", everyItem(is("rejected")));
    }

    @Test
    void theSelectionReachesLogServiceAsItIs() {
        answers(Logs.sample(1));

        simulate(
                        "{\"select\":{\"taskType\":[\"game\",\"audio\"],\"from\":\"2026-01-01\",\"to\":"
                                + "\"2026-02-01T00:00:00Z\",\"sampleSize\":77},"
                                + "\"config\":{\"seed\":42}}")
                .statusCode(200)
                .body("request.select.sampleSize", is(77))
                .body("request.select.seed", is(42));

        logService.verify(
                1,
                getRequestedFor(urlPathEqualTo(SAMPLE))
                        .withQueryParam("taskType", equalTo("game,audio"))
                        .withQueryParam("from", equalTo("2026-01-01"))
                        .withQueryParam("to", equalTo("2026-02-01T00:00:00Z"))
                        .withQueryParam("size", equalTo("77"))
                        .withQueryParam("seed", equalTo("42"))
                        .withQueryParam("environment", equalTo("live")));
    }

    @Test
    void anEmptySampleIsInconclusive() {
        answers("{\"logs\":[]}".getBytes(UTF_8));

        simulate("{\"select\":{}}")
                .statusCode(200)
                .body("state", is("completed"))
                .body("verdict", is("inconclusive"))
                .body("reasons[0]", containsString("no cases"))
                .body("statistics.totalLogs", is(0));
    }

    @Test
    void aSimulationOutlivesLogService() {
        logService.stubFor(
                get(urlPathEqualTo(SAMPLE))
                        .inScenario("restart")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(503))
                        .willSetStateTo("back"));
        logService.stubFor(
                get(urlPathEqualTo(SAMPLE))
                        .inScenario("restart")
                        .whenScenarioStateIs("back")
                        .willReturn(okJson("{\"ids\":[]}")));

        String id = simulate("{\"select\":{}}").extract().path("id");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/api/simulate/" + id).path("state").equals("completed"));
    }

    @Test
    void aSelectionThatIsRefusedFailsWithItsReason() {
        logService.stubFor(get(urlPathEqualTo(SAMPLE)).willReturn(aResponse().withStatus(400)));

        simulate("{\"select\":{}}")
                .statusCode(200)
                .body("state", is("failed"))
                .body("verdict", nullValue())
                .body("error.detail", containsString("log-service refused the selection"));
        logService.verify(1, getRequestedFor(urlPathEqualTo(SAMPLE)));
    }

    private void answers(byte[] sample) {
        LogServiceStub.draws(logService, sample);
    }

    private static ValidatableResponse simulate(String request) {
        return given().contentType("application/json").body(request).post("/api/simulate").then();
    }
}
