package dev.acey.log;

import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class TelemetryTest {

    @Inject EndedSpans spans;

    @Test
    void aLoggedCallIsASpanThatSaysWhatWasCalled() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        given().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType(ContentType.JSON)
                .body(
                        entry(
                                "{'taskType':'%s','llmPrompt':'x','metadata':{'model':'m1'},"
                                                .formatted(newTask())
                                        + "'performance':{'promptTokens':40,'completionTokens':61}}"))
                .post("/api/log")
                .then()
                .statusCode(201);
        await().until(() -> spans.of(trace).stream().anyMatch(TelemetryTest::isRequest));
        SpanData request =
                spans.of(trace).stream().filter(TelemetryTest::isRequest).findFirst().orElseThrow();
        assertEquals("POST /api/log", request.getName());
        assertEquals(
                "m1", request.getAttributes().get(AttributeKey.stringKey("gen_ai.request.model")));
        assertEquals(
                40, request.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")));
        assertEquals(
                61,
                request.getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")));
        assertFalse(
                request.getAttributes().asMap().values().stream().anyMatch("x"::equals),
                "no content");
    }

    @Test
    void aQueryIsASpanOfItsRequest() {
        String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
        given().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get("/api/metrics")
                .then()
                .statusCode(200);
        await().until(
                        () ->
                                spans.of(trace).stream()
                                        .anyMatch(span -> span.getKind() == SpanKind.CLIENT));
    }

    @Test
    void metricsAreNamedAsPrometheusWants() {
        log(entry("{'taskType':'%s','llmPrompt':'x'}".formatted(newTask()))).then().statusCode(201);
        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        List<String> counters =
                metrics.lines()
                        .filter(line -> line.matches("# TYPE acey_.* counter"))
                        .map(line -> line.split(" ")[2])
                        .toList();
        assertTrue(counters.contains("acey_log_entries"), metrics);
        for (String counter : counters) {
            assertTrue(metrics.contains("\n" + counter + "_total"), counter);
        }
        assertTrue(metrics.contains("\nacey_log_commit_seconds_count "), metrics);
    }

    private static boolean isRequest(SpanData span) {
        return span.getKind() == SpanKind.SERVER;
    }
}
