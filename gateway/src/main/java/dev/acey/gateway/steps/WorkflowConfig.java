package dev.acey.gateway.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acey.gateway.calls.Approval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

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
 * @param candidates the model to test and to deploy, by task; null unless given
 * @param baseModels the model to train from, by task; null unless given
 * @param approvals given in advance for the rollouts of these tasks; null unless given
 * @param schedule when to start again and again, as {@code cron} has it, in UTC; null for once
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
        Integer logRetentionDays,
        Map<String, String> candidates,
        Map<String, String> baseModels,
        Map<String, Approval> approvals,
        String schedule) {

    /** The same without a schedule: what each of its runs does. */
    public WorkflowConfig once() {
        return new WorkflowConfig(
                collectLogs,
                prepareDatasets,
                runSimulations,
                enableFineTuning,
                gradualDeployment,
                monitorMetrics,
                taskTypes,
                deploymentStages,
                minConfidence,
                excludeRejected,
                simulationSampleSize,
                alertThresholds,
                logRetentionDays,
                candidates,
                baseModels,
                approvals,
                null);
    }
}
