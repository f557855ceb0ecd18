package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.acey.gateway.workflow.Loop.json;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.MockServices;
import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkflowTest {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    MockServices services;
    StubServices proxied;
    PostgresServer postgres;

    @BeforeEach
    void allServicesAreWell() {
        Loop.isWell(services);
    }

    @Test
    void theGuidesWorkflowTakesItsStepsInOrder() {
        ValidatableResponse started =
                start(
                                """
                                {"config": {"collectLogs": true, "prepareDatasets": true,
                                  "runSimulations": true, "enableFineTuning": false,
                                  "gradualDeployment": true, "monitorMetrics": true,
                                  "taskTypes": ["game", "website", "graphics", "audio"],
                                  "deploymentStages": ["graphics", "audio", "website", "game"]}}
                                """)
                        .statusCode(202)
                        .body("workflowId", matchesPattern("workflow-[0-9]{13}"))
                        .body("status", is("running"))
                        .body("config.simulationSampleSize", is(240));
        String id = started.extract().path("workflowId");
        started.header("Location", containsString("/api/workflow/status/" + id));

        JsonPath end = awaitEnd(id);

        assertEquals("completed", end.getString("status"));
        assertEquals(
                List.of(
                        "collect_logs",
                        "prepare_datasets",
                        "fine_tune_models",
                        "run_simulations",
                        "gradual_deployment",
                        "monitor_metrics"),
                end.getList("steps.name"));
        assertEquals(
                List.of("completed", "completed", "skipped", "completed", "completed", "completed"),
                end.getList("steps.status"));
        assertEquals(List.of(1, 1, 0, 1, 1, 1), end.getList("steps.attempts"));
        assertEquals(240, end.getInt("steps[0].result.totalLogs"));
        assertEquals("game-dataset.jsonl", end.getString("steps[1].result.datasets.game.filename"));
        assertEquals(51, end.getInt("steps[1].result.summary.totalExamples"));
        assertEquals("pass", end.getString("steps[3].result.verdict"));
        assertEquals("pass", end.getString("steps[3].result.simulations.audio.verdict"));
        assertEquals(
                List.of("graphics", "audio", "website", "game"),
                end.getList("steps[4].result.stages.taskType"));
        assertEquals(
                List.of("skipped", "skipped", "skipped", "skipped"),
                end.getList("steps[4].result.stages.outcome"));
        assertTrue(
                end.getString("steps[4].result.stages[0].detail").contains("no candidate"),
                end.getString("steps[4].result.stages[0].detail"));
        assertTrue(
                end.getString("steps[4].result.stages[3].detail").contains("acey-game-v2"),
                end.getString("steps[4].result.stages[3].detail"));
        assertEquals(
                List.of("low", "low", "medium", "high"),
                end.getList("steps[4].result.stages.risk"));
        assertEquals(List.of("rejectionRate"), end.getList("steps[5].result.exceeded"));
        services.get(Service.LOG).verify(0, putRequestedFor(urlEqualTo("/api/alerts/thresholds")));
        assertEquals(0.25, end.getDouble("steps[5].result.metrics.rejectionRate.value"));
        assertEquals(0.2, end.getDouble("steps[5].result.metrics.rejectionRate.threshold"));
        assertTrue(end.getString("startedAt").matches(TIME), end.getString("startedAt"));
        assertTrue(end.getString("endedAt").matches(TIME), end.getString("endedAt"));
        assertTrue(end.getString("steps[0].endedAt").matches(TIME));
        assertTrue(
                end.getString("steps[0].startedAt").compareTo(end.getString("steps[0].endedAt"))
                        <= 0);
        assertEquals(
                "step.started collect_logs, step.completed collect_logs,"
                        + " step.started prepare_datasets, step.completed prepare_datasets,"
                        + " step.started run_simulations, step.completed run_simulations,"
                        + " step.started gradual_deployment, step.completed gradual_deployment,"
                        + " step.started monitor_metrics, step.completed monitor_metrics,"
                        + " completed ",
                told(id));
        assertEquals(6 - 1, end.getInt("progress.done"));
        assertEquals(List.of(id + "/prepare_datasets"), Loop.keys(services, Service.DATASET, id));
        assertEquals(
                List.of(
                        id + "/run_simulations/game",
                        id + "/run_simulations/website",
                        id + "/run_simulations/graphics",
                        id + "/run_simulations/audio"),
                Loop.keys(services, Service.SIMULATION, id));
    }

    @Test
    void everyDefaultIsFilledIn() {
        start("{\"config\": {\"enableFineTuning\": false}}")
                .statusCode(202)
                .body("config.collectLogs", is(true))
                .body("config.prepareDatasets", is(true))
                .body("config.runSimulations", is(true))
                .body("config.enableFineTuning", is(false))
                .body("config.gradualDeployment", is(true))
                .body("config.monitorMetrics", is(true))
                .body("config.taskTypes", contains("game", "website", "graphics", "audio"))
                .body("config.deploymentStages", contains("graphics", "audio", "website", "game"))
                .body("config.minConfidence", is(0.5f))
                .body("config.excludeRejected", is(true))
                .body("config.simulationSampleSize", is(240))
                .body("config.alertThresholds", nullValue())
                .body("config.logRetentionDays", nullValue());
        start("{\"config\": {\"taskTypes\": [\"trust\", \"audio\", \"persona\"]}}")
                .statusCode(202)
                .body("config.deploymentStages", contains("audio", "persona", "trust"));
    }

    @Test
    void theSettingsReachTheServices() {
        String id =
                start(
                                """
                                {"config": {"taskTypes": ["game"], "minConfidence": 0.7,
                                  "excludeRejected": false, "simulationSampleSize": 17,
                                  "logRetentionDays": 90,
                                  "alertThresholds": {"rejectionRate": 0.3, "responseTime": 1500}}}
                                """)
                        .statusCode(202)
                        .extract()
                        .path("workflowId");
        JsonPath end = awaitEnd(id);
        assertEquals(List.of("responseTime"), end.getList("steps[5].result.exceeded"));
        assertEquals(List.of("a-1"), end.getList("steps[5].result.alerts.id"));
        services.get(Service.LOG)
                .verify(
                        putRequestedFor(urlEqualTo("/api/alerts/thresholds"))
                                .withRequestBody(
                                        equalToJson(
                                                """
                                                {"errorRate": 0.05, "responseTime": 1500,
                                                 "confidenceDrop": 0.1, "rejectionRate": 0.3}
                                                """)));
        services.get(Service.LOG)
                .verify(
                        putRequestedFor(urlEqualTo("/api/logs/retention"))
                                .withRequestBody(
                                        equalToJson(
                                                "{\"logRetentionDays\": 90, \"actor\": \"%s\"}"
                                                        .formatted(id))));
        services.get(Service.DATASET)
                .verify(
                        postRequestedFor(urlEqualTo("/api/dataset/prepare"))
                                .withHeader(
                                        "Prefer",
                                        com.github.tomakehurst.wiremock.client.WireMock.equalTo(
                                                "respond-async"))
                                .withRequestBody(
                                        com.github.tomakehurst.wiremock.client.WireMock.equalToJson(
                                                """
                                                {"taskTypes": ["game"], "minConfidence": 0.7,
                                                 "excludeRejected": false}
                                                """)));
        services.get(Service.SIMULATION)
                .verify(
                        postRequestedFor(urlEqualTo("/api/simulate"))
                                .withRequestBody(
                                        com.github.tomakehurst.wiremock.client.WireMock.equalToJson(
                                                """
                                                {"select": {"taskType": "game", "sampleSize": 17,
                                                            "seed": 0},
                                                 "config": {"dryRun": true, "autoRules": true,
                                                            "seed": 0}}
                                                """)));
    }

    @Test
    void stepsSwitchedOffAreSkipped() {
        String id =
                start(
                                """
                                {"config": {"collectLogs": false, "prepareDatasets": false,
                                  "runSimulations": false, "gradualDeployment": false}}
                                """)
                        .statusCode(202)
                        .extract()
                        .path("workflowId");
        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals(
                List.of("skipped", "skipped", "skipped", "skipped", "skipped", "completed"),
                end.getList("steps.status"));
        assertEquals(List.of(), Loop.keys(services, Service.DATASET, id));
    }

    @Test
    void fineTuningSaysWhatIsMissingAndNothingFollows() {
        String id =
                start("{\"config\": {\"enableFineTuning\": true}}")
                        .statusCode(202)
                        .extract()
                        .path("workflowId");
        JsonPath end = awaitEnd(id);
        assertTrue(told(id).endsWith(", failed fine_tune_models"), told(id));
        assertEquals("failed", end.getString("status"));
        assertEquals(
                List.of("completed", "completed", "failed", "pending", "pending", "pending"),
                end.getList("steps.status"));
        assertTrue(end.getString("steps[2].error.detail").contains("training provider"));
        assertEquals(List.of(), Loop.keys(services, Service.SIMULATION, id));
    }

    @Test
    void aStepIsTriedAgainWhileItsServiceIsDown() {
        services.get(Service.LOG)
                .stubFor(
                        get(urlPathEqualTo("/api/logs/stats"))
                                .willReturn(json(503, "{\"detail\": \"no database\"}")));
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                String.valueOf(status(id).getString("steps[0].error.detail"))
                                        .contains("no database"));
        assertEquals("running", status(id).getString("status"));
        assertEquals("running", status(id).getString("steps[0].status"));
        services.get(Service.LOG)
                .stubFor(get(urlPathEqualTo("/api/logs/stats")).willReturn(json(200, Loop.STATS)));
        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertTrue(end.getInt("steps[0].attempts") > 1);
        assertEquals(1, end.getInt("steps[1].attempts"));
    }

    @Test
    void aServiceThatSaysNoFailsTheWorkflowWithItsReason() {
        services.get(Service.SIMULATION)
                .stubFor(
                        post("/api/simulate")
                                .willReturn(
                                        json(
                                                422,
                                                """
                                                {"detail": "Not so.", "errors": [
                                                  {"pointer": "/select", "detail": "is wrong"}]}
                                                """)));
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        JsonPath end = awaitEnd(id);
        assertEquals("failed", end.getString("status"));
        assertEquals(
                List.of("completed", "completed", "skipped", "failed", "pending", "pending"),
                end.getList("steps.status"));
        String detail = end.getString("steps[3].error.detail");
        assertTrue(detail.contains("simulation-service answered 422: Not so. /select"), detail);
        assertEquals(1, end.getInt("steps[3].attempts"));
    }

    @Test
    void aPreparationThatFailedFailsTheWorkflow() {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(
                                        json(
                                                200,
                                                "{\"id\":\"p-1\",\"state\":\"failed\","
                                                        + "\"error\":{\"detail\":\"disk full\"}}")));
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        JsonPath end = awaitEnd(id);
        assertEquals("failed", end.getString("steps[1].status"));
        assertTrue(end.getString("steps[1].error.detail").contains("disk full"));
    }

    @Test
    void anotherWorkerTakesALostWorkflowOverAndDoublesNothing() {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, Loop.preparation("running"))));
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        await().until(() -> "running".equals(status(id).getString("steps[1].status")));
        // As after the death of the worker's machine: the lease is over, nobody renews it.
        postgres.execute(
                "UPDATE gateway.job SET lease_version = version, due_at = now() WHERE name = '"
                        + id
                        + "'");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(id).getInt("steps[1].attempts") == 2);
        Loop.isWellAgain(services);
        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals(List.of(1, 2, 0, 1, 1, 1), end.getList("steps.attempts"));
        assertEquals(List.of(id + "/prepare_datasets"), Loop.keys(services, Service.DATASET, id));
        assertEquals(4, Loop.keys(services, Service.SIMULATION, id).size());
    }

    @Test
    void cancellingStopsTheStepUnderWayAndIsOnTheRecord() {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, Loop.preparation("running"))));
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        await().until(() -> "running".equals(status(id).getString("steps[1].status")));
        given().contentType("application/json")
                .body("{\"actor\": \"nina\", \"reason\": \"wrong tasks\"}")
                .post("/api/workflow/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("status", is("cancelled"))
                .body("steps[1].status", is("cancelled"))
                .body("steps[1].endedAt", notNullValue())
                .body("steps[3].status", is("pending"));
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
        assertTrue(told(id).endsWith("step.started prepare_datasets, cancelled prepare_datasets"));
        assertEquals(
                "nina {\"reason\":\"wrong tasks\"} 1",
                postgres.query(
                        "SELECT min(actor) || ' ' || min(detail) || ' ' || count(*)"
                                + " FROM gateway.audit WHERE action = 'workflow.cancel'"
                                + " AND subject = 'workflow:"
                                + id
                                + "'"));
    }

    @Test
    void whatHasEndedCannotBeCancelled() {
        String id = start("{\"config\": {}}").statusCode(202).extract().path("workflowId");
        awaitEnd(id);
        given().post("/api/workflow/" + id + "/cancel")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("completed"));
    }

    @Test
    void theSameKeyIsTheSameWorkflowAndOtherSettingsAreAConflict() {
        String key = "key-" + System.nanoTime();
        String first =
                startWithKey(key, "{\"config\": {}}").statusCode(202).extract().path("workflowId");
        String again =
                startWithKey(key, "{\"config\": {}}").statusCode(202).extract().path("workflowId");
        assertEquals(first, again);
        assertTrue(first.matches("workflow-[0-9]{19}"), first);
        startWithKey(key, "{\"config\": {\"minConfidence\": 0.9}}")
                .statusCode(409)
                .contentType("application/problem+json");
        startWithKey("a b", "{\"config\": {}}")
                .statusCode(400)
                .body("errors[0].pointer", is("/Idempotency-Key"));
        assertNotEquals(first, start("{\"config\": {}}").extract().path("workflowId"));
    }

    @Test
    void theListIsNewestFirstPageByPage() {
        String older = start("{\"config\": {}}").extract().path("workflowId");
        String newer = start("{\"config\": {}}").extract().path("workflowId");
        ValidatableResponse first =
                given().get("/api/workflow/list?limit=1")
                        .then()
                        .statusCode(200)
                        .body("workflows.workflowId", contains(newer));
        String cursor = first.extract().path("nextCursor");
        given().queryParam("cursor", cursor)
                .get("/api/workflow/list?limit=1")
                .then()
                .statusCode(200)
                .body("workflows.workflowId", contains(older))
                .body("workflows[0].startedAt", notNullValue());
    }

    @Test
    void eventsTellEachChangeAndEndWithTheWorkflow() {
        String id = start("{\"config\": {}}").extract().path("workflowId");
        String events =
                given().accept("text/event-stream")
                        .get("/api/workflow/" + id + "/events")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        assertTrue(events.contains("data:{\"workflowId\":\"" + id + "\""), events);
        assertTrue(events.contains("\"status\":\"completed\",\"steps\""), events);
    }

    @Test
    void withoutItsDatabaseTheGatewayPassesOnAndSaysSo() {
        proxied.get(Service.LOG).answer(request -> request.response().end("{}"));
        postgres.stop();
        try {
            given().contentType("application/json")
                    .body("{\"config\": {}}")
                    .post("/api/workflow/start")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .contentType("application/problem+json");
            given().get("/api/logs").then().statusCode(200);
        } finally {
            postgres.start();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> start("{\"config\": {}}").statusCode(equalTo(202)));
    }

    private static ValidatableResponse start(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/workflow/start")
                .then();
    }

    private static ValidatableResponse startWithKey(String key, String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/workflow/start")
                .then();
    }

    private static JsonPath status(String id) {
        return given().get("/api/workflow/status/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !"running".equals(status(id).getString("status")));
        return status(id);
    }

    /** What the outbox tells of a workflow, in its order. */
    private String told(String id) {
        return postgres.query(
                "SELECT string_agg(substr(type, 10) || ' '"
                        + " || coalesce(data::json ->> 'step', ''), ', ' ORDER BY xid, seq)"
                        + " FROM gateway.event WHERE subject = 'workflow:"
                        + id
                        + "' AND data::json ->> 'workflowId' = '"
                        + id
                        + "'");
    }
}
