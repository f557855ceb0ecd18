package dev.acey.rollout.tick;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.post;
import static dev.acey.rollout.staged.Staged.begun;
import static dev.acey.rollout.staged.Staged.rollout;
import static dev.acey.rollout.staged.Staged.take;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import dev.acey.rollout.TestClock;
import dev.acey.rollout.stored.JsonText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time goes by as the tests say: a stage's traffic is made, then the clock is set past it. */
@QuarkusTest
class WatchTest {

    private static final String QUICK =
            "\"minSamples\": 50, \"minSeconds\": 0, \"maxSeconds\": 7200";
    private static final String ALL_THE_WAY =
            ", \"stages\": [{\"kind\": \"shadow\", \"weight\": 10000, %1$s},"
                    + " {\"weight\": 5000, %1$s}, {\"weight\": 10000, %1$s}]";
    private static final String HALF_AND_ALL =
            ", \"stages\": [{\"weight\": 5000, %1$s}, {\"weight\": 10000, %1$s}]";
    private static final Duration STEP = Duration.ofHours(1);

    PostgresServer database;
    LogService logs;

    @Inject TestClock clock;
    @Inject Leases leases;

    private Duration ahead = Duration.ZERO;
    private int calls;

    @AfterEach
    void backToNow() {
        logs.takesEverything();
        clock.goOn();
        clock.setAhead(Duration.ZERO);
    }

    private static String stages(String form) {
        return form.formatted(QUICK);
    }

    /** What each arm does in a stage: of a hundred calls, so many fail. */
    private record Arm(String variant, String environment, int calls, int failing) {}

    private static Arm baseline(int calls) {
        return new Arm("baseline", "live", calls, 1);
    }

    private static Arm candidate(int calls, int failing) {
        return new Arm("candidate", "live", calls, failing);
    }

    /** Evenly over ten minutes from now. */
    private void observe(String id, int stage, Arm... arms) {
        Instant start = clock.instant().plusSeconds(1);
        for (Arm arm : arms) {
            List<String> observed = new ArrayList<>();
            for (int i = 0; i < arm.calls(); i++) {
                Instant at = start.plusMillis(600_000L * i / arm.calls());
                observed.add(observed(arm, stage, at, (37 * i + 50) % 100 < arm.failing()));
            }
            logs.observes(id, observed);
        }
    }

    private String observed(Arm arm, int stage, Instant at, boolean failed) {
        return """
                {"kind": "call", "id": "%s", "rolloutId": "r", "stage": %d, "variant": "%s",
                 "environment": "%s", "at": "%s", "servedBy": "%s", "keyHash": "key-%d",
                 "failed": %b, "decision": %s, "responseTime": 800, "confidence": 0.9}
                """
                .formatted(
                        UUID.randomUUID(),
                        stage,
                        arm.variant(),
                        arm.environment(),
                        at,
                        arm.variant(),
                        calls++,
                        failed,
                        failed ? "null" : "\"approved\"");
    }

    private void timePasses() {
        ahead = ahead.plus(STEP);
        clock.setAhead(ahead);
    }

    /** An hour of ticks may take a busy machine a while to close. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static void awaitState(String id, String state, int stage) {
        await().untilAsserted(() -> rollout(id).body("state", is(state)).body("stage", is(stage)));
    }

    @Test
    void aHealthyCandidateIsPromotedByItselfThroughEveryStage() {
        String id = begun("w-healthy", "low", stages(ALL_THE_WAY));
        observe(id, 0, baseline(400), new Arm("candidate", "shadow", 400, 1));
        timePasses();
        awaitState(id, "running", 1);
        observe(id, 1, baseline(4_000), candidate(4_000, 1));
        timePasses();
        awaitState(id, "running", 2);
        observe(id, 2, candidate(400, 1));
        timePasses();
        awaitState(id, "promoted", 2);
        rollout(id)
                .body("guard.verdict", is("advance"))
                .body("history.action", is(List.of("start", "advance", "advance", "promote")))
                .body("history[-1].actor", is("rollout-service"));
        get("/api/rollout/route?taskType=w-healthy&key=k")
                .body("model", is("s-next"))
                .body("reason", is("no_rollout"));
        assertEquals(
                "promote",
                database.query(
                        "SELECT substr(action, 9) FROM rollout.audit WHERE subject = 'rollout:%s'"
                                        .formatted(id)
                                + " AND detail LIKE '%lnHarm%' ORDER BY seq DESC LIMIT 1"));
    }

    @Test
    void everyVerdictCanBeComputedAgainFromTheEvidenceAlone() {
        String id = begun("w-proof", "low", stages(ALL_THE_WAY));
        observe(id, 0, baseline(200), new Arm("candidate", "shadow", 200, 1));
        timePasses();
        awaitState(id, "running", 1);
        take(id, "pause").statusCode(200);
        take(id, "resume").statusCode(200);
        observe(id, 1, baseline(400), candidate(400, 40));
        timePasses();
        awaitState(id, "rolled_back", 1);

        JsonNode evidence =
                JsonText.read(
                        get("/api/rollouts/" + id + "/evidence")
                                .statusCode(200)
                                .contentType("application/json")
                                .extract()
                                .asString(),
                        JsonNode.class);
        assertEquals("acey-evidence/1", evidence.path("format").asText());
        assertEquals(
                List.of("start", "advance", "pause", "resume", "roll_back"),
                evidence.at("/rollout/steps").findValuesAsText("action"),
                () -> evidence.at("/rollout/steps").toPrettyString());
        assertTrue(evidence.path("ticks").size() > 5);
        Recomputed.check(evidence);
    }

    @Test
    void aBadCandidateIsRolledBackWhateverItsPlanSays() {
        String id = begun("w-bad", "low", stages(HALF_AND_ALL));
        observe(id, 0, baseline(300), candidate(300, 40));
        timePasses();
        awaitState(id, "rolled_back", 0);
        rollout(id)
                .body("guard.verdict", is("roll_back"))
                .body("history[-1].reason", containsString("error rate"));
        get("/api/rollout/route?taskType=w-bad&key=k").body("model", is("s-base"));
    }

    @Test
    void harmRollsBackAPausedRolloutToo() {
        String id = begun("w-paused", "low", stages(HALF_AND_ALL));
        take(id, "pause").statusCode(200);
        observe(id, 0, baseline(300), candidate(300, 40));
        timePasses();
        awaitState(id, "rolled_back", 0);
    }

    @Test
    void aPausedRolloutNeitherAdvancesNorIsPromoted() {
        String id = begun("w-still", "low", stages(ALL_THE_WAY));
        take(id, "pause").statusCode(200);
        observe(id, 0, baseline(400), new Arm("candidate", "shadow", 400, 1));
        timePasses();
        await().untilAsserted(() -> rollout(id).body("guard.verdict", is("advance")));
        rollout(id).body("state", is("paused")).body("stage", is(0));
    }

    @Test
    void aStageThatAsksForAPersonIsWaitedForWithTheTrafficOfTheStageBefore() {
        String id =
                begun(
                        "w-asks",
                        "medium",
                        stages(ALL_THE_WAY)
                                .replace(
                                        "\"weight\": 5000",
                                        "\"weight\": 5000, \"approval\": true"));
        observe(id, 0, baseline(400), new Arm("candidate", "shadow", 400, 1));
        timePasses();
        awaitState(id, "waiting_for_approval", 1);
        assertEquals("0 10000 0", flag("w-asks"));
        take(id, "approve").body("state", is("running"));
        assertEquals("5000 0 1", flag("w-asks"));
    }

    @Test
    void withoutTrafficAStageIsPausedAtItsLongestTimeAndNeverRolledBack() {
        String id = begun("w-quiet", "low", stages(HALF_AND_ALL));
        timePasses();
        timePasses();
        timePasses();
        awaitState(id, "paused", 0);
        rollout(id).body("history[-1].reason", containsString("has lasted"));
        take(id, "resume").body("state", is("running"));
    }

    @Test
    void soItIsWhereNothingCanBeRead() {
        String id = begun("w-hidden", "low", stages(HALF_AND_ALL));
        logs.hidesObservations();
        timePasses();
        timePasses();
        timePasses();
        awaitState(id, "paused", 0);
        rollout(id).body("history[-1].reason", startsWith("Its observations cannot be read"));
    }

    @Test
    void aFeedThatIsAwayIsAskedAgainSoon() {
        String id = begun("w-away", "low", stages(HALF_AND_ALL));
        await().untilAsserted(() -> assertEquals("1", watched(id)));
        Instant now = clock.stop().plus(STEP);
        logs.hidesObservations();
        timePasses();
        await().untilAsserted(() -> assertEquals(now.plusSeconds(3), dueAt(id)));
    }

    @Test
    void aTickThatEndsWhileALookIsUnderWayIsReadByTheNextOne() {
        String id = begun("w-between", "low", stages(HALF_AND_ALL));
        observe(id, 0, baseline(50), candidate(50, 1));
        clock.stop();
        logs.whenAsked(id, this::timePasses);
        database.execute(
                "UPDATE rollout.rollout_watch SET due_at = '-infinity' WHERE rollout_id = '%s'"
                        .formatted(id));
        await().untilAsserted(() -> assertEquals("100", counted(id)));
    }

    @Test
    void anotherActiveRuleSetPausesARolloutUntilAPersonAcceptsIt() {
        String before = get("/api/rules").extract().path("rules.find { it.active }.hash");
        String other = post("/api/rules", "{\"rules\": []}").extract().path("hash");
        String id = begun("w-rules", "low", stages(HALF_AND_ALL));
        try {
            post("/api/rules/" + other + "/activate", "{}").statusCode(200);
            timePasses();
            awaitState(id, "paused", 0);
            rollout(id)
                    .body("ruleSet", is(before))
                    .body("history[-1].reason", containsString(other));
            take(id, "resume").body("state", is("running")).body("ruleSet", is(other));
            take(id, "cancel").statusCode(200);
        } finally {
            post("/api/rules/" + before + "/activate", "{}").statusCode(200);
        }
    }

    @Test
    void whatComesAfterItsTickIsExcludedAndCounted() {
        String id = begun("w-late", "low", stages(HALF_AND_ALL));
        Instant first = clock.instant().plusSeconds(1);
        observe(id, 0, baseline(100), candidate(100, 1));
        timePasses();
        await().untilAsserted(() -> assertEquals("200", counted(id)));
        logs.observes(id, List.of(observed(candidate(1, 1), 0, first, true)));
        observe(id, 0, baseline(10), candidate(10, 0));
        timePasses();
        await().untilAsserted(() -> assertEquals("220", counted(id)));
        assertEquals(
                "1",
                database.query(
                        "SELECT sum((counts::json ->> 'excluded')::int) FROM rollout.rollout_tick"
                                + " WHERE rollout_id = '%s'".formatted(id)));
    }

    @Test
    void whileAnotherReplicaHoldsTheLeaseThisOneKeepsOut() {
        String id = begun("w-lease", "low", stages(HALF_AND_ALL));
        observe(id, 0, baseline(50), candidate(50, 1));
        await().untilAsserted(() -> assertEquals("1", watched(id)));
        database.execute(
                "UPDATE rollout.rollout_watch SET fence = fence + 1,"
                        + " lease_until = now() + interval '3 seconds' WHERE rollout_id = '%s'"
                                .formatted(id));
        timePasses();
        await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertEquals("0", counted(id)));
        await().untilAsserted(() -> assertEquals("100", counted(id)));
    }

    @Test
    void aReplicaThatLostItsLeaseKeepsNothingOfWhatItRead() {
        String id = begun("w-fence", "low", stages(HALF_AND_ALL));
        await().untilAsserted(() -> assertEquals("1", watched(id)));
        long fence = Long.parseLong(database.query(watch("fence", id)));
        String place = database.query(watch("position", id));
        Lease lost = new Lease(UUID.fromString(id), fence - 1, place);
        assertThrows(
                LostLease.class,
                () ->
                        leases.keep(lost, new Observed.Page(List.of(), "7"), null)
                                .await()
                                .atMost(STEP));
        assertNotEquals("7", database.query(watch("position", id)));
    }

    private Instant dueAt(String id) {
        String micros = "(extract(epoch FROM due_at) * 1000000)::bigint";
        return Instant.EPOCH.plus(
                Long.parseLong(database.query(watch(micros, id))), ChronoUnit.MICROS);
    }

    private static String watch(String column, String id) {
        return "SELECT %s FROM rollout.rollout_watch WHERE rollout_id = '%s'".formatted(column, id);
    }

    private String watched(String id) {
        return database.query(
                "SELECT count(*) FROM rollout.rollout_watch WHERE rollout_id = '%s' AND fence > 0"
                        .formatted(id));
    }

    private String counted(String id) {
        return database.query(
                ("SELECT coalesce(sum((counts::json #>> '{baseline,requests}')::int"
                                + " + (counts::json #>> '{candidate,requests}')::int), 0)"
                                + " FROM rollout.rollout_tick WHERE rollout_id = '%s'")
                        .formatted(id));
    }

    private String flag(String taskType) {
        return database.query(
                "SELECT concat_ws(' ', weight, shadow_share, stage) FROM rollout.flag"
                        + " WHERE task_type = '"
                        + taskType
                        + "'");
    }
}
