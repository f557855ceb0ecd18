package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a step goes by.
 *
 * @param workflowId begins the idempotency key of whatever the step creates
 * @param retries how often the workflow was retried after it had failed or been cancelled
 * @param sofar what this step has written down; null at its beginning
 * @param results what came of the steps before
 */
public record StepRun(
        String workflowId,
        int retries,
        WorkflowConfig config,
        JsonNode sofar,
        Map<Step, JsonNode> results) {

    /** The model to test and to deploy for a task: the one named, else the one trained; or null. */
    public String candidate(String taskType) {
        String named = config.candidates() == null ? null : config.candidates().get(taskType);
        return named != null ? named : FineTuneModels.modelOf(of(Step.FINE_TUNE_MODELS), taskType);
    }

    /**
     * Begins work, or finds it begun. A retry of the workflow makes anew what failed before it, and
     * nothing else: each has a key of its own.
     *
     * @param name of the work, unique in the workflow
     * @param begin begins the work of a key, or finds it
     */
    <T> Uni<T> begun(String name, Function<String, Uni<T>> begin, Predicate<T> failed) {
        return begun(name, 0, begin, failed);
    }

    private <T> Uni<T> begun(
            String name, int retry, Function<String, Uni<T>> begin, Predicate<T> failed) {
        String key = workflowId + "/" + name + (retry == 0 ? "" : "/retry-" + retry);
        return begin.apply(key)
                .chain(
                        work ->
                                retry < retries && failed.test(work)
                                        ? begun(name, retry + 1, begin, failed)
                                        : Uni.createFrom().item(work));
    }

    /** What came of a step before; a missing node where it was not taken. */
    JsonNode of(Step step) {
        return results.getOrDefault(step, MissingNode.getInstance());
    }
}
