package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

/**
 * What one step does. It may run again after a crash anywhere, and then must not double a thing.
 */
public interface StepAction {

    Step step();

    /**
     * Does the step and says what came of it. A failure that means a service is down is tried again
     * later; any other fails the workflow.
     *
     * @param workflowId begins the idempotency key of whatever the step creates
     */
    Uni<JsonNode> run(String workflowId, WorkflowConfig config);
}
