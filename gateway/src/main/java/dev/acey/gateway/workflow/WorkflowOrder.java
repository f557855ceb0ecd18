package dev.acey.gateway.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What was ordered, as the job keeps it.
 *
 * @param mark tells orders apart that were given in the same millisecond; null where the client
 *     named its order by an idempotency key
 */
@RegisterForReflection
record WorkflowOrder(WorkflowConfig config, String mark) {

    static WorkflowOrder of(Job job, ObjectMapper json) {
        try {
            return json.treeToValue(job.config(), WorkflowOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored workflow holds an unreadable order", e);
        }
    }

    JsonNode toJson(ObjectMapper json) {
        return json.valueToTree(this);
    }
}
