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
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.acey.kit.test.PostgresResource;
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
class SelectTest {

    private static final String SAMPLE = "/internal/logs/sample";

    WireMockServer logService;

    @BeforeEach
    void forget() {
        logService.resetAll();
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
                        .willReturn(okJson(new String(Logs.sample(3), UTF_8))));

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

    private void answers(byte[] body) {
        logService.stubFor(
                get(urlPathEqualTo(SAMPLE))
                        .willReturn(
                                aResponse()
                                        .withHeader("Content-Type", "application/json")
                                        .withBody(body)));
    }

    private static ValidatableResponse simulate(String request) {
        return given().contentType("application/json").body(request).post("/api/simulate").then();
    }
}
