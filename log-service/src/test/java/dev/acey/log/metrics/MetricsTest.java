package dev.acey.log.metrics;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class MetricsTest {

    private static final double TINY = 1e-9;

    @Inject Clock clock;

    private final List<String> lines = new ArrayList<>();

    @Test
    void anArmsFiguresAreThoseOfItsLiveCalls() {
        String task = newTask();
        Instant now = clock.instant();
        call(task, now, "candidate", "live", "'controlDecision':'approved','confidence':0.5");
        call(task, now, "candidate", "live", "'controlDecision':'rejected','confidence':1");
        call(task, now, "candidate", "live", "'controlDecision':'modified'");
        call(task, now, "candidate", "live", "'error':{'type':'timeout'}");
        call(task, now, "candidate", "shadow", "'controlDecision':'rejected'");
        call(task, now, "baseline", "live", "'controlDecision':'approved'");
        post();

        JsonNode metrics = get("/api/metrics?taskType=" + task);
        assertEquals(2, metrics.path("totals").size());
        JsonNode candidate = total(metrics, "candidate");
        assertEquals(task, candidate.path("taskType").asText());
        assertEquals(4, candidate.path("requests").asLong());
        assertEquals(0.25, candidate.path("errorRate").asDouble(), TINY);
        assertEquals(0.25, candidate.path("rejectionRate").asDouble(), TINY);
        assertEquals(0.25, candidate.path("modificationRate").asDouble(), TINY);
        assertEquals(0.75, candidate.path("confidence").path("mean").asDouble(), TINY);
        assertEquals(1, candidate.path("cost").asDouble(), TINY);
        assertEquals(40, candidate.path("tokens").path("prompt").asLong());
        assertEquals(20, candidate.path("tokens").path("completion").asLong());
        assertEquals(60, candidate.path("tokens").path("total").asLong());
        assertEquals(1, total(metrics, "baseline").path("requests").asLong());

        JsonNode shadow = get("/api/metrics?environment=shadow&taskType=" + task);
        assertEquals(1, total(shadow, "candidate").path("requests").asLong());
        JsonNode one = get("/api/metrics?variant=baseline&taskType=" + task);
        assertEquals(1, one.path("totals").size());
    }

    @Test
    void quantilesAreOfAllCallsOfTheArm() {
        String task = newTask();
        for (int i = 1; i <= 100; i++) {
            String time = "'performance':{'responseTime':%d}".formatted(10 * i);
            line(task, clock.instant(), "candidate", "live", time);
        }
        post();
        JsonNode time =
                total(get("/api/metrics?taskType=" + task), "candidate").path("responseTime");
        assertEquals(505, time.path("mean").asDouble(), TINY);
        assertEquals(500, time.path("p50").asDouble(), 5);
        assertEquals(950, time.path("p95").asDouble(), 9.5);
        assertEquals(990, time.path("p99").asDouble(), 9.9);
    }

    @Test
    void stepsAreWholeAndTogetherTheTotal() {
        String task = newTask();
        Instant now = clock.instant();
        for (long minutes : new long[] {0, 3, 3, 8, 14}) {
            call(
                    task,
                    now.minus(Duration.ofMinutes(minutes)),
                    "baseline",
                    "live",
                    "'trustDelta':0");
        }
        post();
        JsonNode metrics = get("/api/metrics?windowSeconds=900&stepSeconds=120&taskType=" + task);
        JsonNode points = metrics.path("series").get(0).path("points");
        Instant from = Instant.parse(metrics.path("from").asText());
        Instant to = Instant.parse(metrics.path("to").asText());
        assertEquals(0, from.getEpochSecond() % 120);
        assertEquals(Duration.between(from, to).toSeconds() / 120, points.size());
        assertFalse(from.isAfter(now.minusSeconds(900)));
        assertTrue(to.isAfter(now));
        long requests = 0;
        Instant at = from;
        for (JsonNode point : points) {
            assertEquals(at, Instant.parse(point.path("at").asText()));
            requests += point.path("requests").asLong();
            at = at.plusSeconds(120);
        }
        assertEquals(5, requests);
        assertEquals(5, total(metrics, "baseline").path("requests").asLong());
    }

    @ParameterizedTest
    @CsvSource({"2678400,86400,32", "2678400,3600,745", "172800,120,1441"})
    void aLongWindowIsReadFromCoarserRollUps(String window, String step, int points) {
        String task = newTask();
        Instant now = clock.instant();
        call(task, now, "baseline", "live", "'trustDelta':0");
        call(task, now.minus(Duration.ofHours(47)), "baseline", "live", "'trustDelta':0");
        call(task, now.minus(Duration.ofDays(40)), "baseline", "live", "'trustDelta':0");
        post();
        JsonNode metrics =
                get(
                        "/api/metrics?taskType={task}&windowSeconds={window}&stepSeconds={step}",
                        task,
                        window,
                        step);
        assertEquals(2, total(metrics, "baseline").path("requests").asLong());
        assertEquals(points, metrics.path("series").get(0).path("points").size());
    }

    @Test
    void accuracyIsTheShareOfGoodFeedback() {
        String task = newTask();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(call(task, clock.instant(), "candidate", "live", "'trustDelta':0"));
        }
        post();
        assertTrue(
                total(get("/api/metrics?taskType=" + task), "candidate").path("accuracy").isNull());
        feedback(ids.get(0), "true");
        feedback(ids.get(1), "0.5");
        feedback(ids.get(2), "0.4");
        feedback(ids.get(3), "{'speech':'better','intents':[]}");
        JsonNode total = total(get("/api/metrics?taskType=" + task), "candidate");
        assertEquals(2 / 3.0, total.path("accuracy").asDouble(), TINY);
        assertEquals(3, total.path("feedback").asInt());
    }

    @Test
    void whatCannotBeKnownIsNull() {
        String task = newTask();
        line(task, clock.instant(), "candidate", "live", "'error':{'type':'t'}");
        post();
        JsonNode total = total(get("/api/metrics?taskType=" + task), "candidate");
        assertEquals(1, total.path("errorRate").asDouble());
        for (String time : new String[] {"mean", "p50", "p95", "p99"}) {
            assertTrue(total.path("responseTime").path(time).isNull(), time);
        }
        assertTrue(total.path("confidence").path("mean").isNull());
        assertTrue(total.has("accuracy") && total.path("accuracy").isNull());
        assertEquals(0, total.path("cost").asDouble());
    }

    @Test
    void withoutCallsThereIsNothing() {
        JsonNode metrics = get("/api/metrics?taskType=" + newTask());
        assertTrue(metrics.path("totals").isArray() && metrics.path("totals").isEmpty());
        assertTrue(metrics.path("series").isArray() && metrics.path("series").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "windowSeconds=59,/windowSeconds",
        "windowSeconds=2678401,/windowSeconds",
        "windowSeconds=900.5,/windowSeconds",
        "windowSeconds=soon,/windowSeconds",
        "stepSeconds=59,/stepSeconds",
        "stepSeconds=61,/stepSeconds",
        "windowSeconds=90060,/stepSeconds",
        "windowSeconds=172801&stepSeconds=120,/stepSeconds",
        "taskType=Game,/taskType",
        "variant=third,/variant",
        "environment=prod,/environment",
    })
    void aParameterThatBreaksItsRuleIsNamed(String query, String pointer) {
        given().get("/api/metrics?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer));
    }

    private static void feedback(UUID id, String value) {
        given().contentType(ContentType.JSON)
                .body(entry("{'metric':'helpful','value':" + value + "}"))
                .post("/api/logs/" + id + "/feedback")
                .then()
                .statusCode(201);
    }

    private UUID call(String task, Instant at, String variant, String environment, String more) {
        return line(
                task,
                at,
                variant,
                environment,
                more
                        + ",'performance':{'responseTime':10,'cost':0.25,'promptTokens':10,"
                        + "'completionTokens':5}");
    }

    private UUID line(String task, Instant at, String variant, String environment, String more) {
        UUID id = UuidCreator.getTimeOrderedEpoch(at);
        lines.add(
                entry(
                        ("{'taskType':'%s','id':'%s','llmPrompt':'x',"
                                        + "'context':{'environment':'%s'},"
                                        + "'routing':{'variant':'%s','model':'m'},%s}")
                                .formatted(task, id, environment, variant, more)));
        return id;
    }

    private void post() {
        bulk("/internal/logs", String.join("\n", lines))
                .then()
                .body("accepted", equalTo(lines.size()));
        lines.clear();
    }

    private static JsonNode total(JsonNode metrics, String variant) {
        for (JsonNode total : metrics.path("totals")) {
            if (variant.equals(total.path("variant").textValue())) {
                return total;
            }
        }
        throw new AssertionError("no total of " + variant + " in " + metrics);
    }
}
