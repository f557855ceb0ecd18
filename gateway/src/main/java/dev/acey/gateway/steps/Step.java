package dev.acey.gateway.steps;

import java.util.Locale;
import java.util.function.Predicate;

/** The steps, in their order. */
public enum Step {
    COLLECT_LOGS(WorkflowConfig::collectLogs),
    PREPARE_DATASETS(WorkflowConfig::prepareDatasets),
    FINE_TUNE_MODELS(WorkflowConfig::enableFineTuning),
    RUN_SIMULATIONS(WorkflowConfig::runSimulations),
    GRADUAL_DEPLOYMENT(WorkflowConfig::gradualDeployment),
    MONITOR_METRICS(WorkflowConfig::monitorMetrics);

    private final Predicate<WorkflowConfig> switchedOn;

    Step(Predicate<WorkflowConfig> switchedOn) {
        this.switchedOn = switchedOn;
    }

    /** As the API spells it, such as {@code collect_logs}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a workflow does this step; else it is skipped. */
    public boolean isIn(WorkflowConfig config) {
        return switchedOn.test(config);
    }
}
