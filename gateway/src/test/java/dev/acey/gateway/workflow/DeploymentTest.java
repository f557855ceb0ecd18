package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.acey.gateway.workflow.Loop.json;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fifth step of a workflow, against rollout-service as the API describes it. */
@QuarkusTest
class DeploymentTest {

    private static final String GRAPHICS = "r-graphics";
    private static final String GAME = "r-game";

    /** Graphics first, then game; the other steps are off, but for the simulations. */
    private static final String BOTH =
            """
            {"config": {"collectLogs": false, "prepareDatasets": false, "monitorMetrics": false,
              "taskTypes": ["game", "graphics"], "deploymentStages": ["graphics", "game"],
              "candidates": {"game": "acey-game-v2", "graphics": "acey-graphics-v2"}%s}}
            """;

    MockServices services;
    PostgresServer postgres;

    @BeforeEach
    void rolloutServiceRollsOut() {
        Loop.isWell(services);
        Loop.rollsOut(services, "graphics", GRAPHICS);
        Loop.rollsOut(services, "game", GAME);
        Loop.stands(services, "graphics", GRAPHICS, "running", "");
        Loop.stands(services, "game", GAME, "running", "");
    }

    @Test
    void theNextTaskStartsWhenTheOneBeforeIsPromoted() {
        String id = start(BOTH.formatted(""));
        awaitStage(id, 0, "running");
        assertEquals("waiting", status(id).getString("status"));
        assertEquals("waiting", status(id).getString("steps[4].status"));
        assertEquals("pending", stage(id, 1));
        begun("game", 0);

        Loop.stands(services, "graphics", GRAPHICS, "promoted", "");
        awaitStage(id, 1, "running");
        begun("game", 1);

        Loop.stands(services, "game", GAME, "promoted", "");
        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals(
                List.of("promoted", "promoted"), end.getList("steps[4].result.stages.outcome"));
        assertEquals(List.of(GRAPHICS, GAME), end.getList("steps[4].result.stages.rolloutId"));
        begun("graphics", 1);
    }

    @Test
    void theSimulationThatAskedTheCandidateSpeaksForIt() {
        String id = start(BOTH.formatted(""));
        awaitStage(id, 0, "running");

        services.get(Service.SIMULATION)
                .verify(
                        postRequestedFor(urlEqualTo("/api/simulate"))
                                .withRequestBody(
                                        equalToJson(
                                                """
                                                {"select": {"taskType": "graphics",
                                                            "sampleSize": 240, "seed": 0},
                                                 "config": {"dryRun": true, "autoRules": true,
                                                   "candidateModel": "acey-graphics-v2",
                                                   "seed": 0}}
                                                """)));
        services.get(Service.ROLLOUT)
                .verify(
                        postRequestedFor(urlEqualTo("/api/rollouts"))
                                .withRequestBody(
                                        equalToJson(
                                                """
                                                {"taskType": "graphics",
                                                 "candidate": "acey-graphics-v2",
                                                 "simulationId": "s-1"}
                                                """)));
        cancel(id);
    }

    @ParameterizedTest
    @CsvSource({"rolled_back, rolled back", "cancelled, cancelled"})
    void aRolloutThatIsTakenBackFailsTheStepWithItsReason(String state, String words) {
        Loop.stands(services, "graphics", GRAPHICS, state, "errorRate: harm is certain");
        String id = start(BOTH.formatted(""));
        JsonPath end = awaitEnd(id);

        assertEquals("failed", end.getString("status"));
        assertEquals("failed", end.getString("steps[4].status"));
        String detail = end.getString("steps[4].error.detail");
        assertTrue(detail.contains(words + ": errorRate: harm is certain"), detail);
        assertTrue(detail.contains(GRAPHICS), detail);
        begun("game", 0);
    }

    @Test
    void aCandidateThatIsRefusedFailsTheStepWithTheReason() {
        services.get(Service.ROLLOUT)
                .stubFor(
                        post("/api/rollouts")
                                .atPriority(1)
                                .willReturn(
                                        json(422, "{\"detail\": \"No simulation has passed.\"}")));
        JsonPath end = awaitEnd(start(BOTH.formatted("")));

        assertEquals("failed", end.getString("steps[4].status"));
        assertTrue(end.getString("steps[4].error.detail").contains("No simulation has passed."));
    }

    @Test
    void whatNeedsApprovalWaitsForAPersonAndSaysHow() {
        Loop.stands(services, "graphics", GRAPHICS, "waiting_for_approval", "");
        String id = start(BOTH.formatted(""));
        awaitStage(id, 0, "waiting_for_approval");

        assertEquals("waiting", status(id).getString("status"));
        assertTrue(
                status(id)
                        .getString("steps[4].result.stages[0].detail")
                        .contains("/api/rollouts/" + GRAPHICS + "/approve"));
        services.get(Service.ROLLOUT)
                .verify(0, postRequestedFor(urlEqualTo("/api/rollouts/" + GRAPHICS + "/approve")));
        await().until(
                        () ->
                                "1"
                                        .equals(
                                                postgres.query(
                                                        "SELECT count(*) FROM gateway.job WHERE name = '"
                                                                + id
                                                                + "' AND state = 'waiting'"
                                                                + " AND lease_owner IS NULL")));
        Loop.stands(services, "graphics", GRAPHICS, "promoted", "");
        awaitStage(id, 1, "running");
        cancel(id);
    }

    @Test
    void whatWasApprovedInAdvanceIsApprovedInThatName() {
        Loop.stands(services, "graphics", GRAPHICS, "waiting_for_approval", "");
        services.get(Service.ROLLOUT)
                .stubFor(
                        post("/api/rollouts/" + GRAPHICS + "/approve")
                                .willReturn(
                                        json(
                                                200,
                                                Loop.rollout(
                                                        GRAPHICS, "graphics", "running", ""))));
        String approvals =
                ", \"approvals\": {\"graphics\": {\"actor\": \"nina\", \"reason\": \"tested\"}}";
        String id = start(BOTH.formatted(approvals));
        awaitStage(id, 0, "waiting_for_approval");

        await().untilAsserted(
                        () ->
                                services.get(Service.ROLLOUT)
                                        .verify(
                                                com.github.tomakehurst.wiremock.client.WireMock
                                                        .moreThanOrExactly(1),
                                                postRequestedFor(
                                                                urlEqualTo(
                                                                        "/api/rollouts/"
                                                                                + GRAPHICS
                                                                                + "/approve"))
                                                        .withRequestBody(
                                                                equalToJson(
                                                                        """
                                                                        {"actor": "nina",
                                                                         "reason":
                                                                         "tested (in advance, for %s)"}
                                                                        """
                                                                                .formatted(id)))));
        cancel(id);
    }

    @Test
    void afterACrashBetweenTheOrderAndItsNoteTheRolloutIsFoundAndNotBegunAgain() {
        String id = start(BOTH.formatted(""));
        awaitStage(id, 0, "running");
        services.get(Service.ROLLOUT).resetRequests();
        newest(GRAPHICS, "graphics", "promoted");
        Loop.stands(services, "graphics", GRAPHICS, "promoted", "");

        forgetTheRollout(id);
        awaitStage(id, 1, "running");

        assertEquals(GRAPHICS, status(id).getString("steps[4].result.stages[0].rolloutId"));
        begun("graphics", 0);
        cancel(id);
    }

    @Test
    void aConflictWithOurOwnRolloutIsNone() {
        WireMockServer rollout = services.get(Service.ROLLOUT);
        rollout.stubFor(
                post("/api/rollouts")
                        .inScenario("lost answer")
                        .willReturn(json(409, "{\"detail\": \"It has one.\"}"))
                        .willSetStateTo("begun")
                        .atPriority(1));
        rollout.stubFor(
                get(urlPathEqualTo("/api/rollouts"))
                        .inScenario("lost answer")
                        .whenScenarioStateIs("begun")
                        .willReturn(
                                json(
                                        200,
                                        "{\"rollouts\": ["
                                                + Loop.rollout(GRAPHICS, "graphics", "running", "")
                                                + "]}"))
                        .atPriority(1));
        String id = start(BOTH.formatted(""));
        awaitStage(id, 0, "running");

        assertEquals(GRAPHICS, status(id).getString("steps[4].result.stages[0].rolloutId"));
        cancel(id);
    }

    @Test
    void aConflictWithSomebodyElsesRolloutFailsTheStep() {
        newest("r-other", "graphics", "running");
        services.get(Service.ROLLOUT)
                .stubFor(
                        post("/api/rollouts")
                                .willReturn(json(409, "{\"detail\": \"graphics has r-other.\"}"))
                                .atPriority(1));
        JsonPath end = awaitEnd(start(BOTH.formatted("")));

        assertEquals("failed", end.getString("steps[4].status"));
        assertTrue(end.getString("steps[4].error.detail").contains("graphics has r-other."));
    }

    @Test
    void whileRolloutServiceIsAwayTheStepIsTriedAgain() {
        services.get(Service.ROLLOUT)
                .stubFor(
                        get("/api/rollouts/" + GRAPHICS).willReturn(json(503, "{}")).atPriority(1));
        String id = start(BOTH.formatted(""));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(id).getString("steps[4].error.detail") != null);

        services.get(Service.ROLLOUT).resetScenarios();
        Loop.isWell(services);
        Loop.rollsOut(services, "graphics", GRAPHICS);
        Loop.rollsOut(services, "game", GAME);
        Loop.stands(services, "graphics", GRAPHICS, "promoted", "");
        Loop.stands(services, "game", GAME, "promoted", "");
        assertEquals("completed", awaitEnd(id).getString("status"));
    }

    @Test
    void aTaskThatIsServedByItsCandidateAlreadyIsSkipped() {
        String id =
                start(
                        """
                        {"config": {"collectLogs": false, "prepareDatasets": false,
                          "monitorMetrics": false, "taskTypes": ["game"],
                          "candidates": {"game": "acey-game-v1"}}}
                        """);
        JsonPath end = awaitEnd(id);

        assertEquals("completed", end.getString("status"));
        assertEquals("skipped", end.getString("steps[4].result.stages[0].outcome"));
        assertTrue(end.getString("steps[4].result.stages[0].detail").contains("serves it already"));
    }

    /** The rollout that began last, as the list shows it. */
    private void newest(String id, String task, String state) {
        services.get(Service.ROLLOUT)
                .stubFor(
                        get(urlPathEqualTo("/api/rollouts"))
                                .willReturn(
                                        json(
                                                200,
                                                "{\"rollouts\": ["
                                                        + Loop.rollout(id, task, state, "")
                                                        + "]}"))
                                .atPriority(2));
    }

    /** As if the gateway had died after it asked for the rollout and before it wrote down which. */
    private void forgetTheRollout(String id) {
        postgres.execute(
                """
                UPDATE gateway.job SET due_at = now(), checkpoint = jsonb_set(
                  checkpoint::jsonb #- '{steps,GRADUAL_DEPLOYMENT,result,stages,0,rolloutId}',
                  '{steps,GRADUAL_DEPLOYMENT,result,stages,0,outcome}', '"starting"')::text
                WHERE name = '%s' AND state = 'waiting'
                """
                        .formatted(id));
    }

    private void begun(String task, int times) {
        services.get(Service.ROLLOUT)
                .verify(
                        times,
                        postRequestedFor(urlEqualTo("/api/rollouts"))
                                .withRequestBody(
                                        com.github.tomakehurst.wiremock.client.WireMock
                                                .matchingJsonPath(
                                                        "$.taskType",
                                                        com.github.tomakehurst.wiremock.client
                                                                .WireMock.equalTo(task))));
    }

    private static void awaitStage(String id, int stage, String outcome) {
        await().atMost(Duration.ofSeconds(30)).until(() -> outcome.equals(stage(id, stage)));
        await().until(() -> "waiting".equals(status(id).getString("status")));
    }

    private static String stage(String id, int stage) {
        return status(id).getString("steps[4].result.stages[" + stage + "].outcome");
    }

    private static JsonPath awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                List.of("completed", "failed")
                                        .contains(status(id).getString("status")));
        return status(id);
    }

    private static String start(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/workflow/start")
                .then()
                .statusCode(202)
                .extract()
                .path("workflowId");
    }

    private static void cancel(String id) {
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
    }

    private static JsonPath status(String id) {
        return given().get("/api/workflow/status/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
