package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.LogStats;
import dev.acey.gateway.calls.ServiceCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Compares what is logged with the thresholds, once. */
@Singleton
class MonitorMetrics implements StepAction {

    private final ServiceCalls services;
    private final ObjectMapper json;

    MonitorMetrics(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.MONITOR_METRICS;
    }

    @Override
    public Uni<JsonNode> run(String workflowId, WorkflowConfig config) {
        AlertThresholds thresholds =
                config.alertThresholds() == null
                        ? AlertThresholds.DEFAULTS
                        : config.alertThresholds();
        return services.logStats().map(stats -> compare(stats, thresholds));
    }

    JsonNode compare(LogStats stats, AlertThresholds thresholds) {
        Double rejectionRate =
                stats.totalLogs() == 0 || stats.rejections() == null
                        ? null
                        : (double) stats.rejections() / stats.totalLogs();
        ObjectNode result = json.createObjectNode();
        result.put("totalLogs", stats.totalLogs());
        ArrayNode exceeded = result.putArray("exceeded");
        ObjectNode metrics = result.putObject("metrics");
        metric(metrics, exceeded, "errorRate", stats.errorRate(), thresholds.errorRate());
        metric(
                metrics,
                exceeded,
                "responseTime",
                stats.p95ResponseTime(),
                thresholds.responseTime());
        metric(metrics, exceeded, "rejectionRate", rejectionRate, thresholds.rejectionRate());
        metric(metrics, exceeded, "confidenceDrop", null, thresholds.confidenceDrop())
                .put("reason", "Needs the confidence of the day before, which is not kept yet.");
        return result;
    }

    /** Without a value nothing is known: {@code exceeded} is null then, not false. */
    private static ObjectNode metric(
            ObjectNode metrics, ArrayNode exceeded, String name, Double value, double threshold) {
        ObjectNode metric = metrics.putObject(name);
        metric.put("value", value);
        metric.put("threshold", threshold);
        metric.put("exceeded", value == null ? null : (Boolean) (value > threshold));
        if (value != null && value > threshold) {
            exceeded.add(name);
        }
        return metric;
    }
}
