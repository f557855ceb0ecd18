package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.AlertList;
import dev.acey.gateway.calls.LogStats;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.calls.Thresholds;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Sets the thresholds of alerts where the workflow gives some, compares all that is logged with
 * those that hold, and names the alerts of its tasks that fire. Watching goes on without it.
 */
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
    public Uni<StepOutcome> run(StepRun run) {
        AlertThresholds given = run.config().alertThresholds();
        Uni<Thresholds> holding =
                given == null ? services.thresholds() : services.setThresholds(given.toSet());
        return holding.chain(
                thresholds ->
                        services.logStats()
                                .map(stats -> compare(stats, thresholds))
                                .chain(
                                        result ->
                                                services.firingAlerts()
                                                        .map(
                                                                firing ->
                                                                        new StepOutcome.Done(
                                                                                with(
                                                                                        result,
                                                                                        firing,
                                                                                        run
                                                                                                .config())))));
    }

    private JsonNode with(ObjectNode result, AlertList firing, WorkflowConfig config) {
        List<AlertList.Alert> ours =
                firing.alerts().stream()
                        .filter(alert -> config.taskTypes().contains(alert.taskType()))
                        .toList();
        return result.set("alerts", json.valueToTree(ours));
    }

    private ObjectNode compare(LogStats stats, Thresholds thresholds) {
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
                .put("reason", "Compares a task with its day before; alerts watch that.");
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
