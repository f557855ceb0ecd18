package dev.acey.log.alert;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traffic of the day before is watched minute by minute, as if it were now. */
@QuarkusTest
@LogDatabase
class AlertReplayTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CALLS_A_MINUTE = 20;

    @Inject AlertWatch watch;
    @Inject Clock clock;

    private Instant start;

    @BeforeEach
    void aSmallWindow() {
        thresholds("{\"windowSeconds\": 180, \"minimumSample\": 20}");
        start =
                clock.instant()
                        .truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofDays(1))
                        .plus(Duration.ofHours(10));
    }

    @AfterEach
    void theGuidesThresholds() {
        thresholds(
                "{\"errorRate\": 0.05, \"responseTime\": 2000, \"confidenceDrop\": 0.1,"
                        + " \"rejectionRate\": 0.2, \"windowSeconds\": 900, \"minimumSample\": 50}");
    }

    @Test
    void eachOfTheFourThresholdsCrossedAndLeftIsOneFiringAndOneResolving() {
        Map<String, String> rules =
                Map.of(
                        "errorRate", newTask(),
                        "responseTime", newTask(),
                        "confidenceDrop", newTask(),
                        "rejectionRate", newTask());
        String after = get("/internal/events?limit=1000").path("next").asText();
        List<String> lines = new ArrayList<>();
        rules.forEach((rule, task) -> dayBefore(task, lines));
        for (int minute = 0; minute < 24; minute++) {
            Instant time = start.plus(MINUTE.multipliedBy(minute));
            boolean bad = minute >= 6 && minute < 14;
            rules.forEach((rule, task) -> minute(rule, task, bad, time, lines));
        }
        bulk("/internal/logs", String.join("\n", lines))
                .then()
                .body("accepted", equalTo(lines.size()));

        for (int minute = 0; minute <= 24; minute++) {
            look(start.plus(MINUTE.multipliedBy(minute)));
        }

        rules.forEach(
                (rule, task) -> {
                    JsonNode alerts = get("/api/alerts?taskType=" + task).path("alerts");
                    assertEquals(1, alerts.size(), rule + ": " + alerts);
                    JsonNode alert = alerts.path(0);
                    assertEquals(rule, alert.path("rule").asText());
                    assertEquals("candidate", alert.path("variant").asText());
                    assertEquals("resolved", alert.path("state").asText());
                    assertEquals("recovered", alert.path("reason").asText());
                    assertTrue(
                            alert.path("since")
                                            .asText()
                                            .compareTo(alert.path("resolvedAt").asText())
                                    < 0);
                    assertEquals(
                            List.of("alert.firing " + rule, "alert.resolved " + rule),
                            events(after, task));
                });
    }

    @Test
    void shadowTrafficRaisesNoAlert() {
        String task = newTask();
        List<String> lines =
                IntStream.range(0, 30)
                        .mapToObj(
                                i ->
                                        line(task, start, "\"error\":{\"type\":\"e\"}")
                                                .replace(
                                                        "\"context\":{}",
                                                        "\"context\":{\"environment\":\"shadow\"}"))
                        .toList();
        bulk("/internal/logs", String.join("\n", lines)).then().body("accepted", equalTo(30));
        look(start.plus(MINUTE));
        look(start.plus(MINUTE.multipliedBy(2)));
        assertEquals(0, get("/api/alerts?taskType=" + task).path("alerts").size());
    }

    @Test
    void replicasThatLookAtTheSameTimeAreOneLookAndTellOnce() throws Throwable {
        String task = newTask();
        String after = get("/internal/events?limit=1000").path("next").asText();
        List<String> lines =
                IntStream.range(0, 30)
                        .mapToObj(i -> line(task, start, "\"error\":{\"type\":\"e\"}"))
                        .toList();
        bulk("/internal/logs", String.join("\n", lines)).then().body("accepted", equalTo(30));
        lookAtOnce(start.plus(MINUTE));
        assertEquals(0, get("/api/alerts?taskType=" + task).path("alerts").size());
        lookAtOnce(start.plus(MINUTE.multipliedBy(2)));
        assertEquals(1, get("/api/alerts?state=firing&taskType=" + task).path("alerts").size());
        assertEquals(List.of("alert.firing errorRate"), events(after, task));
    }

    private void lookAtOnce(Instant now) throws Throwable {
        List<Uni<Void>> looks =
                IntStream.range(0, 4).mapToObj(i -> watch.look(now, MINUTE)).toList();
        VertxContextSupport.subscribeAndAwait(() -> Uni.join().all(looks).andFailFast());
    }

    private void look(Instant now) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> watch.look(now, MINUTE));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void dayBefore(String task, List<String> lines) {
        for (int i = 0; i < CALLS_A_MINUTE; i++) {
            lines.add(line(task, start.minus(Duration.ofDays(1)), "\"confidence\":0.9"));
        }
    }

    private static void minute(
            String rule, String task, boolean bad, Instant time, List<String> lines) {
        String whole =
                switch (rule) {
                    case "errorRate" -> "\"error\":{\"type\":\"upstream_timeout\"}";
                    case "responseTime" -> "\"performance\":{\"responseTime\":3000}";
                    case "confidenceDrop" -> "\"confidence\":0.7";
                    default -> "\"controlDecision\":\"rejected\"";
                };
        for (int i = 0; i < CALLS_A_MINUTE; i++) {
            boolean worse = bad && (!rule.equals("errorRate") || i % 4 == 0);
            lines.add(
                    line(
                            task,
                            time.plusSeconds(i),
                            worse
                                    ? whole
                                    : "\"confidence\":0.9,\"performance\":{\"responseTime\":100}"));
        }
    }

    private static String line(String task, Instant time, String more) {
        return ("{\"id\":\"%s\",\"taskType\":\"%s\",\"llmPrompt\":\"x\",\"context\":{},"
                        + "\"routing\":{\"variant\":\"candidate\"},%s}")
                .formatted(UuidCreator.getTimeOrderedEpoch(time), task, more);
    }

    private static List<String> events(String after, String task) {
        JsonNode events = get("/internal/events?limit=1000&after=" + after).path("events");
        return StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.path("subject").asText().equals("task:" + task))
                .map(
                        event ->
                                event.path("type").asText()
                                        + " "
                                        + event.path("data").path("rule").asText())
                .toList();
    }

    private static void thresholds(String json) {
        given().contentType(ContentType.JSON)
                .body(json)
                .put("/api/alerts/thresholds")
                .then()
                .statusCode(200);
    }
}
