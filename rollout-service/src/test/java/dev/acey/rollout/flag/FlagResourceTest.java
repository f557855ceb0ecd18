package dev.acey.rollout.flag;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.test.PostgresServer;
import dev.acey.kit.token.RouteToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FlagResourceTest {

    private static final String ROLLOUT = "019bbf9c-0000-7000-8000-000000000001";
    private static final String ALL_TO_NEXT =
            "{\"candidate\": \"f-next\", \"salt\": \"s\", \"weight\": 10000, \"shadowShare\": 50,"
                    + " \"rolloutId\": \""
                    + ROLLOUT
                    + "\", \"stage\": 3}";

    PostgresServer database;

    @Inject RouteToken tokens;
    @Inject Clock clock;

    @BeforeEach
    void twoModels() {
        register("f-base", "f-next");
    }

    private static void task(String taskType) {
        put("/api/tasks/" + taskType, "{\"baseline\": \"f-base\"}").statusCode(200);
    }

    private static ValidatableResponse flag(String taskType, String json) {
        return put("/internal/flags/" + taskType, json);
    }

    private static ValidatableResponse route(String taskType) {
        return get("/api/rollout/route?taskType=" + taskType + "&key=anyone").statusCode(200);
    }

    @Test
    void aCandidateWithAllTheWeightServesAtOnceAndTheTokenSaysForWhichRollout() {
        task("f-on");
        flag("f-on", ALL_TO_NEXT)
                .statusCode(200)
                .body("candidate", is("f-next"))
                .body("weight", is(10_000))
                .body("shadowShare", is(50))
                .body("killedAt", nullValue())
                .body("version", is(1));

        String token =
                route("f-on")
                        .body("variant", is("candidate"))
                        .body("model", is("f-next"))
                        .body("reason", is("split"))
                        .body("rolloutId", is(ROLLOUT))
                        .body("stage", is(3))
                        .extract()
                        .path("token");
        RouteToken.Claims claims = tokens.verify(token, clock.instant()).orElseThrow();
        assertEquals(ROLLOUT, claims.rolloutId());
        assertEquals(3, claims.stage());
        assertEquals("candidate", claims.variant());
    }

    @Test
    void aRequestWithoutAKeyIsSplitAsWell() {
        task("f-keyless");
        flag("f-keyless", ALL_TO_NEXT);
        get("/api/rollout/route?taskType=f-keyless")
                .statusCode(200)
                .body("variant", is("candidate"));
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        task("f-same");
        flag("f-same", ALL_TO_NEXT).body("version", is(1));
        flag("f-same", ALL_TO_NEXT).statusCode(200).body("version", is(1));
        assertEquals("1", audited("flag.put", "task:f-same"));
    }

    @Test
    void noCandidateTakesTheFlagAway() {
        task("f-off");
        flag("f-off", ALL_TO_NEXT);
        flag("f-off", "{\"candidate\": null, \"weight\": 0}")
                .statusCode(200)
                .body("candidate", nullValue())
                .body("version", is(0));
        route("f-off").body("reason", is("no_rollout")).body("rolloutId", nullValue());
        flag("f-off", "{}").statusCode(200);
        flag("f-never", "{}").statusCode(200);
    }

    @Test
    void onlyARegisteredModelOtherThanTheBaselineCanBeTheCandidate() {
        task("f-strict");
        flag("f-strict", "{\"candidate\": \"nobody\", \"salt\": \"s\", \"weight\": 1}")
                .statusCode(422)
                .body("errors[0].pointer", is("/candidate"));
        flag("f-strict", "{\"candidate\": \"f-base\", \"salt\": \"s\", \"weight\": 1}")
                .statusCode(422)
                .body("errors[0].pointer", is("/candidate"));
    }

    @Test
    void whatAnotherReplicaCommitsIsFollowed() {
        task("f-elsewhere");
        flag("f-elsewhere", ALL_TO_NEXT);
        database.execute(
                "SET search_path = rollout; UPDATE flag SET weight = 0 WHERE task_type = 'f-elsewhere'");
        await().untilAsserted(() -> route("f-elsewhere").body("model", is("f-base")));
    }

    @Test
    void anAnswerHasTheFieldsOfAFlagAndNoOthers() {
        task("f-fields");
        flag("f-fields", ALL_TO_NEXT).body("size()", is(10));
    }

    @Test
    void theKillSwitchHoldsATaskAtItsBaselineUntilItsFlagIsPutAnew() {
        put(
                        "/api/tasks/f-killed",
                        "{\"baseline\": \"f-base\", \"candidate\": \"f-next\", \"overrides\":"
                                + " {\"anyone\": \"f-next\"}}")
                .statusCode(200);
        flag("f-killed", ALL_TO_NEXT);
        put(
                        "/api/rollout/kill",
                        "{\"taskType\": \"f-killed\", \"actor\": \"ann\", \"reason\": \"bad\"}")
                .statusCode(200)
                .body("tasks.size()", is(1))
                .body("tasks[0]", is("f-killed"));

        route("f-killed")
                .body("variant", is("baseline"))
                .body("model", is("f-base"))
                .body("reason", is("killed"))
                .body("rolloutId", nullValue());
        assertEquals(
                "ann",
                database.query(
                        "SELECT actor FROM rollout.audit WHERE action = 'rollout.kill'"
                                + " AND subject = 'task:f-killed'"));

        flag("f-killed", ALL_TO_NEXT)
                .statusCode(200)
                .body("killedAt", nullValue())
                .body("version", is(3));
        route("f-killed").body("reason", is("override"));
    }

    @Test
    void theKillSwitchTurnsOffEveryTask() {
        task("f-all-one");
        task("f-all-two");
        flag("f-all-one", ALL_TO_NEXT);
        ValidatableResponse killed =
                put("/api/rollout/kill", "{\"taskType\": \"*\", \"reason\": \"all bad\"}")
                        .statusCode(200);
        try {
            route("f-all-one").body("reason", is("killed"));
            route("f-all-two").body("reason", is("killed"));
            assertEquals("1", audited("rollout.kill", "task:*"));
        } finally {
            killed.extract()
                    .jsonPath()
                    .getList("tasks", String.class)
                    .forEach(taskType -> flag(taskType, "{}").statusCode(200));
        }
        route("f-all-two").body("reason", is("no_rollout"));
    }

    private String audited(String action, String subject) {
        return database.query(
                "SELECT count(*) FROM rollout.audit WHERE action = '%s' AND subject = '%s'"
                        .formatted(action, subject));
    }
}
