package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static dev.acey.gateway.workflow.Loop.json;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow with a schedule; its next time is far away, unless a test moves it. */
@QuarkusTest
class ScheduleTest {

    MockServices services;
    PostgresServer postgres;

    @BeforeEach
    void allServicesAreWell() {
        Loop.isWell(services);
    }

    @Test
    void itWaitsForItsTimeAndTakesNoStepItself() {
        String id = start();
        JsonPath status = awaitLoop(id, 0);

        assertEquals("waiting", status.getString("status"));
        assertTrue(status.getString("loop.next").endsWith("-01-01T03:00:00.000Z"));
        assertEquals(0, status.getList("steps.startedAt").stream().filter(s -> s != null).count());
        cancel(id);
    }

    @Test
    void atItsTimeItStartsAWorkflowAndOnTheRecord() {
        String id = start();
        awaitLoop(id, 0);
        isDue(id, "2026-02-03T04:05:00.000Z");
        String run = awaitLoop(id, 1).getString("loop.runs[0].workflowId");

        assertTrue(run.startsWith("workflow-177009150000"), run);
        assertEquals("2026-02-03T04:05:00.000Z", status(id).getString("loop.runs[0].due"));
        assertEquals("completed", awaitEnd(run).getString("status"));
        assertEquals("1", started(run, id));
        assertEquals("1", started(id, "anonymous"));
        cancel(id);
    }

    @Test
    void aTimeStartsOneWorkflowWhateverCrashes() {
        String id = start();
        awaitLoop(id, 0);
        isDue(id, "2026-02-03T04:06:00.000Z");
        String run = awaitLoop(id, 1).getString("loop.runs[0].workflowId");
        awaitEnd(run);

        // As if the gateway had died after the start and before the note of it.
        isDue(id, "2026-02-03T04:06:00.000Z");
        assertEquals(run, awaitLoop(id, 1).getString("loop.runs[0].workflowId"));
        assertEquals("1", started(run, id));
        cancel(id);
    }

    @Test
    void twoSchedulesOfTheSameTimeAreTwoWorkflows() {
        String one = start();
        String other = start();
        awaitLoop(one, 0);
        awaitLoop(other, 0);
        isDue(one, "2026-02-03T04:07:00.000Z");
        isDue(other, "2026-02-03T04:07:00.000Z");

        String first = awaitLoop(one, 1).getString("loop.runs[0].workflowId");
        String second = awaitLoop(other, 1).getString("loop.runs[0].workflowId");
        assertTrue(!first.equals(second), first);
        awaitEnd(first);
        awaitEnd(second);
        cancel(one);
        cancel(other);
    }

    @Test
    void whileTheOneBeforeHasNotEndedATimeIsPassedOver() {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, Loop.preparation("running"))));
        String id = start();
        awaitLoop(id, 0);
        isDue(id, "2026-02-03T04:08:00.000Z");
        String run = awaitLoop(id, 1).getString("loop.runs[0].workflowId");

        postgres.execute(
                "UPDATE gateway.job SET due_at = now(), checkpoint = replace(checkpoint,"
                        + " checkpoint::json ->> 'next', '2026-02-03T04:09:00.000Z')"
                        + " WHERE name = '"
                        + id
                        + "'");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> status(id).getInt("loop.passedOver") == 1);

        assertEquals(1, status(id).getList("loop.runs").size());
        cancel(run);
        cancel(id);
    }

    @Test
    void cancellingEndsTheSchedule() {
        String id = start();
        awaitLoop(id, 0);
        cancel(id);

        given().get("/api/workflow/status/" + id).then().body("status", is("cancelled"));
        assertEquals(
                "0",
                postgres.query(
                        "SELECT count(*) FROM gateway.job WHERE due_at IS NOT NULL AND name = '"
                                + id
                                + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *, 2026-01-01T03:00:00Z",
        "*/15 * * * *, 2026-01-01T00:15:00Z",
        "0 0 * * 1-5, 2026-01-02T00:00:00Z",
        "0 0 * * 0, 2026-01-04T00:00:00Z",
        "0 0 29 2 *, 2028-02-29T00:00:00Z",
    })
    void aTimeIsTheFirstAfterNowInUtc(String schedule, Instant next) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(Optional.of(next), Cron.parse(schedule).after(now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0 3 * *", "0 0 3 * * *", "60 * * * *", "@daily"})
    void whatCronDoesNotUnderstandIsRefused(String schedule) {
        assertThrows(IllegalArgumentException.class, () -> Cron.parse(schedule));
    }

    private void isDue(String id, String time) {
        postgres.execute(
                "UPDATE gateway.job SET due_at = now(), checkpoint ="
                        + " '{\"next\":\"%s\",\"runs\":[],\"passedOver\":0}' WHERE name = '%s'"
                                .formatted(time, id));
    }

    private String started(String id, String actor) {
        return postgres.query(
                "SELECT count(*) FROM gateway.audit WHERE action = 'workflow.start'"
                        + " AND subject = 'workflow:%s' AND actor = '%s'".formatted(id, actor));
    }

    private static String start() {
        return given().contentType("application/json")
                .body("{\"config\": {\"schedule\": \"0 3 1 1 *\", \"taskTypes\": [\"game\"]}}")
                .post("/api/workflow/start")
                .then()
                .statusCode(202)
                .body("config.schedule", is("0 3 1 1 *"))
                .extract()
                .path("workflowId");
    }

    /** Waits until the schedule sleeps again, having started so many. */
    private static JsonPath awaitLoop(String id, int runs) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                "waiting".equals(status(id).getString("status"))
                                        && status(id).getString("loop.next") != null
                                        && status(id).getList("loop.runs").size() == runs);
        return status(id);
    }

    private static JsonPath awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                List.of("completed", "failed", "cancelled")
                                        .contains(status(id).getString("status")));
        return status(id);
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
