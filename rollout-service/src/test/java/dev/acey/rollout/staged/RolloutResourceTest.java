package dev.acey.rollout.staged;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.post;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.staged.Staged.OVERRIDE;
import static dev.acey.rollout.staged.Staged.begun;
import static dev.acey.rollout.staged.Staged.rollout;
import static dev.acey.rollout.staged.Staged.start;
import static dev.acey.rollout.staged.Staged.take;
import static dev.acey.rollout.staged.Staged.task;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RolloutResourceTest {

    PostgresServer database;

    @TestHTTPResource URI url;

    @Test
    void aRolloutBeginsInItsShadowStageAndTheFlagIsOfTheSameCommit() {
        String id = begun("s-begins", "low", "");
        rollout(id)
                .body("taskType", is("s-begins"))
                .body("risk", is("low"))
                .body("baseline", is("s-base"))
                .body("candidate", is("s-next"))
                .body("state", is("running"))
                .body("stage", is(0))
                .body("stages.kind", contains("shadow", "live", "live", "live"))
                .body("stages.weight", contains(1_000, 1_000, 5_000, 10_000))
                .body("stages[0].minSamples", is(50))
                .body("stages[0].minSeconds", is(600))
                .body("stages[0].maxSeconds", is(86_400))
                .body("stages[0].approval", is(false))
                .body("guard.verdict", is("hold"))
                .body("guard.metrics", empty())
                .body("history.action", contains("start"))
                .body("history[0].reason", is("a test"))
                .body("override", is("a test"))
                .body("endedAt", nullValue());
        assertEquals("0 1000 0", flag("s-begins"));
        get("/api/tasks").body("tasks.find { it.taskType == 's-begins' }.rolloutId", is(id));
        assertEquals("1", events(id, "rollout.stage_entered"));
        assertEquals("1", audited(id, "rollout.start"));
    }

    @Test
    void anAnswerSaysWhereTheRolloutIs() {
        task("s-located", "low");
        start("s-located", OVERRIDE)
                .statusCode(201)
                .header("Location", containsString("/api/rollouts/"));
    }

    @Test
    void aTaskHasOneRolloutAtATime() {
        String id = begun("s-one", "low", "");
        start("s-one", OVERRIDE).statusCode(409).body("detail", containsString(id));
        take(id, "cancel").statusCode(200);
        start("s-one", OVERRIDE).statusCode(201);
    }

    @Test
    void ofTwoStartsAtOnceOneBegins() {
        task("s-race", "low");
        List<Integer> statuses =
                both(() -> start("s-race", OVERRIDE).extract().statusCode()).sorted().toList();
        assertEquals(List.of(201, 409), statuses);
    }

    @ParameterizedTest
    @CsvSource({
        "approve, medium, stage_entered",
        "pause, low, paused",
        "resume, low, resumed",
        "promote, low, promoted",
        "rollback, low, rolled_back",
        "cancel, low, cancelled",
    })
    void aStepAskedForTwiceAtOnceIsTakenOnce(String verb, String risk, String told) {
        String id =
                begun(
                        "s-twice-" + verb,
                        risk,
                        verb.equals("approve")
                                ? ", \"stages\": [{\"weight\": 500, \"approval\": true}]"
                                : "");
        if (verb.equals("resume")) {
            take(id, "pause").statusCode(200);
        }
        int before = rollout(id).extract().jsonPath().getList("history").size();
        assertEquals(List.of(200, 200), both(() -> take(id, verb).extract().statusCode()).toList());
        take(id, verb).statusCode(200).body("history.size()", is(before + 1));
        assertEquals("1", events(id, "rollout." + told));
    }

    @Test
    void whatHasEndedStaysAsItIs() {
        String id = begun("s-ended", "low", "");
        take(id, "cancel").statusCode(200).body("state", is("cancelled"));
        for (String verb : List.of("approve", "pause", "resume", "promote", "rollback")) {
            take(id, verb).statusCode(409);
        }
        rollout(id).body("state", is("cancelled")).body("history.size()", is(2));
        assertEquals("none", flag("s-ended"));
    }

    @Test
    void aFirstStageThatAsksForAPersonWaitsWithoutTrafficUntilOneHasSaidWhoAndWhy() {
        String id = begun("s-asks", "low", ", \"stages\": [{\"weight\": 500, \"approval\": true}]");
        rollout(id).body("state", is("waiting_for_approval")).body("stage", is(0));
        assertEquals("none", flag("s-asks"));
        assertEquals("1", events(id, "rollout.approval_wanted"));
        take(id, "promote").statusCode(409).body("detail", containsString("let into its stage"));
        take(id, "approve", "{}")
                .statusCode(400)
                .body("errors.pointer", contains("/actor", "/reason"));
        take(id, "pause").body("state", is("paused"));
        take(id, "approve").statusCode(409);
        take(id, "resume").body("state", is("waiting_for_approval"));
        take(id, "approve", "{\"actor\": \"ann\", \"reason\": \"looked at it\"}")
                .statusCode(200)
                .body("state", is("running"))
                .body("history[-1].actor", is("ann"))
                .body("history[-1].reason", is("looked at it"));
        assertEquals("500 0 0", flag("s-asks"));
        assertEquals("1", audited(id, "rollout.approve"));
    }

    @Test
    void promotionBeforeTheEvidenceIsInNeedsAReasonAndSaysSo() {
        String id = begun("s-early", "low", "");
        take(id, "promote", "{\"actor\": \"ann\"}")
                .statusCode(422)
                .body("errors.pointer", contains("/reason"));
        take(id, "promote").statusCode(200).body("state", is("promoted"));
        assertEquals("1", audited(id, "rollout.promote_early"));
        assertEquals("none", flag("s-early"));
        get("/api/rollout/route?taskType=s-early&key=k").body("model", is("s-next"));
    }

    @Test
    void aTaskGoesOneVersionBackAtAnyTimeButDuringARollout() {
        String id = begun("s-back", "low", "");
        post("/api/tasks/s-back/rollback", "{\"actor\": \"ann\"}")
                .statusCode(409)
                .body("detail", containsString(id));
        put("/api/tasks/s-back", "{\"baseline\": \"s-next\"}")
                .statusCode(409)
                .body("detail", containsString(id));
        take(id, "promote").statusCode(200);
        post("/api/tasks/s-back/rollback", "{\"actor\": \"ann\", \"reason\": \"odd\"}")
                .statusCode(200)
                .body("baseline", is("s-base"))
                .body("previousBaselines", empty())
                .body("rolloutId", nullValue());
        post("/api/tasks/s-back/rollback", "{}").statusCode(409);
        assertEquals(
                "ann",
                database.query(
                        "SELECT actor FROM rollout.audit WHERE action = 'task.rollback'"
                                + " AND subject = 'task:s-back'"));
    }

    @Test
    void aKillPausesTheRolloutAndOnlyAPersonLiftsIt() {
        String id =
                begun("s-kill", "low", ", \"stages\": [{\"kind\": \"live\", \"weight\": 9999}]");
        put("/api/rollout/kill", "{\"taskType\": \"s-kill\", \"reason\": \"smoke\"}")
                .statusCode(200);
        rollout(id)
                .body("state", is("paused"))
                .body("history[-1].reason", is("The task was killed: smoke"));
        get("/api/rollout/route?taskType=s-kill&key=k").body("reason", is("killed"));
        take(id, "resume").body("state", is("running"));
        get("/api/rollout/route?taskType=s-kill&key=k")
                .body("reason", is("split"))
                .body("model", is("s-next"));
    }

    @Test
    void aTaskKilledInARolloutStaysKilledWhenThatEnds() {
        String id = begun("s-dead", "low", "");
        put("/api/rollout/kill", "{\"taskType\": \"s-dead\"}").statusCode(200);
        take(id, "rollback").body("state", is("rolled_back"));
        get("/api/rollout/route?taskType=s-dead&key=k").body("reason", is("killed"));
    }

    @Test
    void newestFirstAPageAtATime() {
        String first = begun("s-page-one", "low", "");
        String second = begun("s-page-two", "low", "");
        JsonPath page = get("/api/rollouts?limit=1").statusCode(200).extract().jsonPath();
        assertEquals(List.of(second), page.getList("rollouts.id"));
        get("/api/rollouts?limit=1&cursor=" + page.getString("nextCursor"))
                .body("rollouts.id", contains(first))
                .body("rollouts[0].history.action", contains("start"));
    }

    @Test
    void theStreamShowsEachChangeAndEndsWithTheRollout() throws IOException, InterruptedException {
        String id = begun("s-stream", "low", "");
        HttpResponse<Stream<String>> stream =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                url.resolve("/api/rollouts/" + id + "/events"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofLines());
        assertEquals(200, stream.statusCode());
        var states =
                stream.body()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> JsonPath.from(line.substring(5)).getString("state"))
                        .iterator();
        assertEquals("running", states.next());
        take(id, "pause").statusCode(200);
        assertEquals("paused", states.next());
        take(id, "rollback").statusCode(200);
        assertEquals("rolled_back", states.next());
        assertTrue(!states.hasNext());
        get("/api/rollouts/019bbf9c-0000-7000-8000-000000000009/events").statusCode(404);
        get("/api/rollouts/019bbf9c-0000-7000-8000-000000000009/evidence").statusCode(404);
    }

    @Test
    void theFlagOfARolloutIsNobodyElsesToSet() {
        String id = begun("s-flag", "low", "");
        put("/internal/flags/s-flag", "{}").statusCode(409).body("detail", containsString(id));
        take(id, "cancel").statusCode(200);
        put("/internal/flags/s-flag", "{}").statusCode(200);
    }

    @Test
    void aModelNobodyKnowsOrThatServesAlreadyIsNoCandidate() {
        task("s-models", "low");
        for (String candidate : List.of("s-nobody", "s-base")) {
            post(
                            "/api/rollouts",
                            "{\"taskType\": \"s-models\", \"candidate\": \"%s\", %s}"
                                    .formatted(candidate, OVERRIDE))
                    .statusCode(422)
                    .body("errors.pointer", hasItem("/candidate"));
        }
        start("s-unset", OVERRIDE).statusCode(422).body("errors.pointer", hasItem("/taskType"));
    }

    private static Stream<Integer> both(Supplier<Integer> call) {
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(call);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(call);
        return Stream.of(first.join(), second.join());
    }

    private String flag(String taskType) {
        return database.query(
                "SELECT coalesce((SELECT concat_ws(' ', weight, shadow_share, stage)"
                        + " FROM rollout.flag WHERE task_type = '"
                        + taskType
                        + "'), 'none')");
    }

    private String events(String id, String type) {
        return database.query(
                "SELECT count(*) FROM rollout.event WHERE subject = 'rollout:%s' AND type = '%s'"
                        .formatted(id, type));
    }

    private String audited(String id, String action) {
        return database.query(
                "SELECT count(*) FROM rollout.audit WHERE subject = 'rollout:%s' AND action = '%s'"
                        .formatted(id, action));
    }
}
