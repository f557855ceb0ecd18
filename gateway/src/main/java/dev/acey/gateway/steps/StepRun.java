package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/**
 * What a step goes by.
 *
 * @param workflowId begins the idempotency key of whatever the step creates
 * @param sofar what this step has written down; null at its beginning
 * @param results what came of the steps before
 */
public record StepRun(
        String workflowId, WorkflowConfig config, JsonNode sofar, Map<Step, JsonNode> results) {

    /** The model to test and to deploy for a task: the one named, else the one trained; or null. */
    public String candidate(String taskType) {
        String named = config.candidates() == null ? null : config.candidates().get(taskType);
        return named != null ? named : FineTuneModels.modelOf(of(Step.FINE_TUNE_MODELS), taskType);
    }

    /** What came of a step before; a missing node where it was not taken. */
    JsonNode of(Step step) {
        return results.getOrDefault(step, MissingNode.getInstance());
    }
}
