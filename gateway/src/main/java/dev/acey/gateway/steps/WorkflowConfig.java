package dev.acey.gateway.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The settings of a workflow, every default filled in.
 *
 * @param taskTypes the tasks to prepare and to simulate
 * @param deploymentStages the tasks to deploy, in this order
 * @param minConfidence of a training example, 0 to 1
 * @param excludeRejected whether what was rejected is no training example
 * @param simulationSampleSize logged calls to replay for each task
 * @param alertThresholds null unless given: then those that hold stay
 * @param logRetentionDays null unless given: then it stays as it is
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowConfig(
        boolean collectLogs,
        boolean prepareDatasets,
        boolean runSimulations,
        boolean enableFineTuning,
        boolean gradualDeployment,
        boolean monitorMetrics,
        List<String> taskTypes,
        List<String> deploymentStages,
        double minConfidence,
        boolean excludeRejected,
        int simulationSampleSize,
        AlertThresholds alertThresholds,
        Integer logRetentionDays) {}
