package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.acey.gateway.workflow.Loop.json;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The third step of a workflow, against dataset-service as the API describes it. */
@QuarkusTest
class FineTuningTest {

    private static final String START =
            """
            {"config": {"collectLogs": false, "monitorMetrics": false, "gradualDeployment": %s,
              "enableFineTuning": true, "taskTypes": ["game"],
              "baseModels": {"game": "small-model-2026"}}}
            """;

    MockServices services;

    @BeforeEach
    void datasetServiceTrains() {
        Loop.isWell(services);
        services.get(Service.DATASET)
                .stubFor(post("/api/finetune").willReturn(json(202, job("queued", "null", ""))));
        trains("running", "null", "");
    }

    @Test
    void whatIsTrainedIsWaitedForAndThenTested() {
        String id = start(START.formatted("false"));
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                "running"
                                                .equals(
                                                        status(id)
                                                                .getString(
                                                                        "steps[2].result.models.game.state"))
                                        && "waiting".equals(status(id).getString("status")));
        assertNull(status(id).getString("steps[3].startedAt"));

        trains("succeeded", "\"acey-game-v3\"", "");
        JsonPath end = awaitEnd(id);

        assertEquals("completed", end.getString("status"));
        assertEquals("acey-game-v3", end.getString("steps[2].result.models.game.model"));
        services.get(Service.DATASET)
                .verify(
                        1,
                        postRequestedFor(urlEqualTo("/api/finetune"))
                                .withHeader(
                                        "Idempotency-Key", equalTo(id + "/fine_tune_models/game"))
                                .withRequestBody(
                                        equalToJson(
                                                """
                                                {"dataset": "game-dataset.jsonl",
                                                 "baseModel": "small-model-2026"}
                                                """)));
        services.get(Service.SIMULATION)
                .verify(
                        postRequestedFor(urlEqualTo("/api/simulate"))
                                .withRequestBody(
                                        matchingJsonPath(
                                                "$.config.candidateModel",
                                                equalTo("acey-game-v3"))));
    }

    @Test
    void whatIsTrainedIsDeployed() {
        trains("succeeded", "\"acey-game-v2\"", "");
        Loop.rollsOut(services, "game", "r-1");
        Loop.stands(services, "game", "r-1", "promoted", "");
        JsonPath end = awaitEnd(start(START.formatted("true")));

        assertEquals("completed", end.getString("status"));
        assertEquals("acey-game-v2", end.getString("steps[4].result.stages[0].candidate"));
        assertEquals("promoted", end.getString("steps[4].result.stages[0].outcome"));
    }

    @Test
    void withoutAProviderTheStepFailsWithThatReason() {
        services.get(Service.DATASET)
                .stubFor(
                        post("/api/finetune")
                                .willReturn(
                                        json(
                                                422,
                                                "{\"detail\": \"No provider: set"
                                                        + " acey.training.provider.\"}")));
        JsonPath end = awaitEnd(start(START.formatted("true")));

        assertEquals("failed", end.getString("status"));
        assertTrue(
                end.getString("steps[2].error.detail").contains("set acey.training.provider"),
                end.getString("steps[2].error.detail"));
        assertEquals("pending", end.getString("steps[3].status"));
    }

    @Test
    void trainingThatFailedFailsTheStepWithItsReason() {
        trains("failed", "null", "the dataset has too few examples");
        JsonPath end = awaitEnd(start(START.formatted("true")));

        assertEquals("failed", end.getString("steps[2].status"));
        assertTrue(
                end.getString("steps[2].error.detail")
                        .contains("game is failed: the dataset has too few examples"),
                end.getString("steps[2].error.detail"));
    }

    @Test
    void aRetryTrainsAnewWhatFailed() {
        trains("failed", "null", "the provider lost it");
        String id = start(START.formatted("false"));
        assertEquals("failed", awaitEnd(id).getString("steps[2].status"));
        services.get(Service.DATASET)
                .stubFor(
                        post("/api/finetune")
                                .willReturn(
                                        json(202, job("failed", "null", "the provider lost it"))));
        services.get(Service.DATASET)
                .stubFor(
                        post("/api/finetune")
                                .withHeader(
                                        "Idempotency-Key",
                                        equalTo(id + "/fine_tune_models/game/retry-1"))
                                .atPriority(1)
                                .willReturn(
                                        json(
                                                202,
                                                job("succeeded", "\"acey-game-v3\"", "")
                                                        .replace("t-1", "t-2"))));
        given().post("/api/workflow/" + id + "/retry").then().statusCode(202);

        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals("t-2", end.getString("steps[2].result.models.game.id"));
        assertEquals(2, end.getInt("steps[2].attempts"));
    }

    @Test
    void aTaskWithoutExamplesIsNotTrained() {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(
                                        json(
                                                200,
                                                Loop.preparation("completed")
                                                        .replace("51}}", "0}}"))));
        JsonPath end = awaitEnd(start(START.formatted("true")));

        assertEquals("completed", end.getString("status"));
        assertEquals("skipped", end.getString("steps[2].result.models.game.state"));
        assertEquals("skipped", end.getString("steps[4].result.stages[0].outcome"));
        services.get(Service.DATASET).verify(0, postRequestedFor(urlEqualTo("/api/finetune")));
    }

    private void trains(String state, String model, String error) {
        services.get(Service.DATASET)
                .stubFor(get("/api/finetune/t-1").willReturn(json(200, job(state, model, error))));
    }

    private static String job(String state, String model, String error) {
        return """
               {"id": "t-1", "state": "%s", "provider": "openai", "providerJobId": "ftjob-1",
                "resultModel": "ft:small-model", "model": %s, "events": [], "metrics": {},
                "cost": null, "detail": null, "error": "%s"}
               """
                .formatted(state, model, error);
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

    private static JsonPath awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                List.of("completed", "failed")
                                        .contains(status(id).getString("status")));
        return status(id);
    }

    private static JsonPath status(String id) {
        return given().get("/api/workflow/status/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
