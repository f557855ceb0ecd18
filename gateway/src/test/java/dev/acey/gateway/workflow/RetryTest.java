package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.acey.gateway.workflow.Loop.json;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RetryTest {

    private static final String BY_NINA = "{\"actor\": \"nina\", \"reason\": \"disk is free\"}";

    MockServices services;
    PostgresServer postgres;

    @BeforeEach
    void allServicesAreWell() {
        Loop.isWell(services);
    }

    @Test
    void aFailedWorkflowGoesOnFromTheStepThatFailedAndMakesOnlyThatAnew() {
        preparationFails("p-1", "disk full");
        String id = start("{\"config\": {\"taskTypes\": [\"game\"]}}");
        assertEquals("failed", awaitEnd(id).getString("status"));

        services.get(Service.DATASET)
                .stubFor(
                        post("/api/dataset/prepare")
                                .withHeader(
                                        "Idempotency-Key",
                                        equalTo(id + "/prepare_datasets/retry-1"))
                                .atPriority(1)
                                .willReturn(json(202, preparation("p-2", "completed"))));
        retry(id, BY_NINA)
                .statusCode(202)
                .header("Location", containsString("/api/workflow/status/" + id))
                .body("workflowId", is(id))
                .body("status", is("running"))
                .body("error", nullValue())
                .body("endedAt", nullValue());

        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals(List.of(1, 2, 0, 1, 1, 1), end.getList("steps.attempts"));
        assertEquals("p-2", end.getString("steps[1].result.id"));
        assertEquals(
                List.of(id + "/prepare_datasets", id + "/prepare_datasets/retry-1"),
                Loop.keys(services, Service.DATASET, id));
        assertEquals("nina {\"reason\":\"disk is free\"} 1", audited(id));
        assertEquals(
                "1",
                postgres.query(
                        "SELECT count(*) FROM gateway.event WHERE type = 'workflow.retried'"
                                + " AND subject = 'workflow:"
                                + id
                                + "'"));
        retry(id, "{}").statusCode(409).body("detail", containsString("completed"));
    }

    @Test
    void whatFailsAgainCanBeRetriedAgain() {
        preparationFails("p-1", "disk full");
        String id = start("{\"config\": {\"taskTypes\": [\"game\"]}}");
        awaitEnd(id);
        retry(id, "{}").statusCode(202);
        assertEquals("failed", awaitEnd(id).getString("steps[1].status"));
        retry(id, "{}").statusCode(202);
        JsonPath end = awaitEnd(id);
        assertEquals("failed", end.getString("status"));
        assertEquals(3, end.getInt("steps[1].attempts"));
        assertEquals(
                List.of(
                        id + "/prepare_datasets",
                        id + "/prepare_datasets/retry-1",
                        id + "/prepare_datasets/retry-2"),
                Loop.keys(services, Service.DATASET, id));
    }

    @Test
    void aCancelledWorkflowGoesOnWithTheWorkItHadBegun() {
        preparationIs("running");
        String id = start("{\"config\": {\"taskTypes\": [\"game\"]}}");
        await().until(() -> "running".equals(status(id).getString("steps[1].status")));
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
        Loop.isWellAgain(services);

        given().post("/api/workflow/" + id + "/retry").then().statusCode(202);

        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals("p-1", end.getString("steps[1].result.id"));
        assertEquals(List.of(id + "/prepare_datasets"), Loop.keys(services, Service.DATASET, id));
    }

    @Test
    void aRolloutThatWasTakenBackBeginsAnewAndThoseBeforeItDoNot() {
        Loop.rollsOut(services, "graphics", "r-graphics");
        Loop.rollsOut(services, "game", "r-game");
        Loop.stands(services, "graphics", "r-graphics", "promoted", "");
        Loop.stands(services, "game", "r-game", "rolled_back", "errorRate: harm is certain");
        String id =
                start(
                        """
                        {"config": {"collectLogs": false, "prepareDatasets": false,
                          "monitorMetrics": false, "runSimulations": false,
                          "taskTypes": ["game", "graphics"],
                          "deploymentStages": ["graphics", "game"],
                          "candidates": {"game": "acey-game-v2", "graphics": "acey-graphics-v2"}}}
                        """);
        JsonPath failed = awaitEnd(id);
        assertEquals(
                List.of("promoted", "rolled_back"),
                failed.getList("steps[4].result.stages.outcome"));

        Loop.rollsOut(services, "game", "r-game-again");
        Loop.stands(services, "game", "r-game-again", "promoted", "");
        retry(id, "{}").statusCode(202);

        JsonPath end = awaitEnd(id);
        assertEquals("completed", end.getString("status"));
        assertEquals(
                List.of("r-graphics", "r-game-again"),
                end.getList("steps[4].result.stages.rolloutId"));
        begun("graphics", 1);
        begun("game", 2);
    }

    @Test
    void aRolloutThatIsTakenBackAfterTheRetryFailsTheWorkflowAgain() {
        Loop.rollsOut(services, "game", "r-game");
        Loop.stands(services, "game", "r-game", "running", "");
        String id =
                start(
                        """
                        {"config": {"collectLogs": false, "prepareDatasets": false,
                          "monitorMetrics": false, "runSimulations": false,
                          "taskTypes": ["game"], "candidates": {"game": "acey-game-v2"}}}
                        """);
        await().until(() -> "waiting".equals(status(id).getString("status")));
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
        retry(id, "{}").statusCode(202);
        await().until(() -> status(id).getInt("steps[4].result.stages[0].retry") == 1);

        Loop.stands(services, "game", "r-game", "rolled_back", "errorRate: harm is certain");

        assertEquals("failed", awaitEnd(id).getString("status"));
        begun("game", 1);
    }

    @Test
    void whoeverRetriesAtOnceRetriesOnceAndIsAnsweredTheSame() {
        preparationFails("p-1", "disk full");
        String id = start("{\"config\": {\"taskTypes\": [\"game\"]}}");
        awaitEnd(id);
        preparationIs("running");
        services.get(Service.DATASET)
                .stubFor(
                        post("/api/dataset/prepare")
                                .atPriority(1)
                                .willReturn(json(202, preparation("p-1", "running"))));
        List<CompletableFuture<Integer>> retries =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> retry(id, BY_NINA).extract().statusCode()))
                        .toList();
        assertEquals(
                List.of(202, 202, 202, 202, 202, 202, 202, 202),
                retries.stream().map(CompletableFuture::join).toList());
        assertEquals("nina {\"reason\":\"disk is free\"} 1", audited(id));
        await().until(() -> status(id).getInt("steps[1].attempts") == 2);
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
    }

    @Test
    void whatRunsForTheFirstTimeOrNeverWasCannotBeRetried() {
        preparationIs("running");
        String id = start("{\"config\": {}}");
        retry(id, BY_NINA)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("there is nothing to retry"));
        assertEquals("0", postgres.query("SELECT count(*)" + retriesOf(id)));
        retry("workflow-1", BY_NINA).statusCode(404);
        retry("nonsense", BY_NINA).statusCode(404);
        retry(id, "{\"actor\": \"\"}").statusCode(400).body("errors[0].pointer", is("/actor"));
        retry(id, "{\"by\": \"nina\"}").statusCode(400).body("errors[0].pointer", is("/by"));
        given().contentType("text/plain")
                .body("again")
                .post("/api/workflow/" + id + "/retry")
                .then()
                .statusCode(415);
        given().post("/api/workflow/" + id + "/cancel").then().statusCode(200);
    }

    private void preparationIs(String state) {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, Loop.preparation(state))));
    }

    private void preparationFails(String preparation, String why) {
        String failed =
                "{\"id\":\"%s\",\"state\":\"failed\",\"error\":{\"detail\":\"%s\"}}"
                        .formatted(preparation, why);
        services.get(Service.DATASET)
                .stubFor(post("/api/dataset/prepare").willReturn(json(202, failed)));
    }

    private static String preparation(String id, String state) {
        return Loop.preparation(state).replace("\"p-1\"", "\"" + id + "\"");
    }

    private void begun(String task, int times) {
        services.get(Service.ROLLOUT)
                .verify(
                        times,
                        postRequestedFor(urlEqualTo("/api/rollouts"))
                                .withRequestBody(matchingJsonPath("$.taskType", equalTo(task))));
    }

    private String audited(String id) {
        return postgres.query(
                "SELECT min(actor) || ' ' || min(detail) || ' ' || count(*)" + retriesOf(id));
    }

    private static String retriesOf(String id) {
        return " FROM gateway.audit WHERE action = 'workflow.retry' AND subject = 'workflow:"
                + id
                + "'";
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

    private static ValidatableResponse retry(String id, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/workflow/" + id + "/retry")
                .then();
    }

    private static JsonPath status(String id) {
        return given().get("/api/workflow/status/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
