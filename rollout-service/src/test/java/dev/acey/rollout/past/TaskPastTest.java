package dev.acey.rollout.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.rollout.guard.History;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class TaskPastTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Example
    void sharesBecomeCounts() throws JsonProcessingException {
        History history =
                TaskPast.history(
                        JSON.readTree(
                                """
                                {"totals": [
                                  {"variant": null, "requests": 900, "errorRate": 0.02,
                                   "rejectionRate": 0.1, "accuracy": 0.75, "feedback": 40,
                                   "responseTime": {"p50": 500, "p95": 1000, "p99": 1500}},
                                  {"variant": "baseline", "requests": 100, "errorRate": 0.03,
                                   "rejectionRate": null, "accuracy": null,
                                   "responseTime": {"p50": 1000, "p95": 4000, "p99": 5000}}]}
                                """),
                        2_000);
        assertEquals(1_000, history.requests());
        assertEquals(21, history.errors());
        assertEquals(90, history.rejections());
        assertEquals(5 + 35, history.slow());
        assertEquals(40, history.feedbacks());
        assertEquals(10, history.negatives());
    }

    @Example
    void aTaskNobodyCalledHasNoHistory() throws JsonProcessingException {
        assertEquals(History.NONE, TaskPast.history(JSON.readTree("{\"totals\": []}"), 2_000));
    }

    @Property
    void aHigherThresholdNeverLeavesMoreSlowCalls(
            @ForAll @DoubleRange(min = 0, max = 1_000) double p50,
            @ForAll @DoubleRange(min = 1, max = 1_000) double to95,
            @ForAll @DoubleRange(min = 1, max = 1_000) double to99,
            @ForAll @IntRange(min = 1, max = 4_000) int threshold) {
        JsonNode quantiles =
                JSON.createObjectNode()
                        .put("p50", p50)
                        .put("p95", p50 + to95)
                        .put("p99", p50 + to95 + to99);
        double lower = TaskPast.slowShare(quantiles, threshold);
        double higher = TaskPast.slowShare(quantiles, threshold + 1);
        assertTrue(higher <= lower && higher > 0 && lower < 1);
    }
}
