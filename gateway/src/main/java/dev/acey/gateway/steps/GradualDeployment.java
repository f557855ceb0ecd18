package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.calls.TaskPage;
import dev.acey.gateway.calls.TaskPage.Task;
import dev.acey.kit.task.TaskCatalogue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says, task by task in the order of deployment, whether there is a candidate to deploy. */
@Singleton
class GradualDeployment implements StepAction {

    private final ServiceCalls services;
    private final ObjectMapper json;

    GradualDeployment(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.GRADUAL_DEPLOYMENT;
    }

    @Override
    public Uni<JsonNode> run(String workflowId, WorkflowConfig config) {
        return tasks().map(tasks -> result(config.deploymentStages(), tasks));
    }

    private Uni<Map<String, Task>> tasks() {
        return Multi.createBy()
                .repeating()
                .uni(
                        AtomicReference<String>::new,
                        cursor ->
                                services.tasks(cursor.get())
                                        .invoke(page -> cursor.set(page.nextCursor())))
                .whilst(page -> page.nextCursor() != null)
                .onItem()
                .transformToIterable(TaskPage::tasks)
                .collect()
                .with(Collectors.toMap(Task::taskType, Function.identity(), (a, b) -> b));
    }

    private JsonNode result(List<String> stages, Map<String, Task> tasks) {
        ObjectNode result = json.createObjectNode();
        ArrayNode list = result.putArray("stages");
        for (String taskType : stages) {
            Task task = tasks.get(taskType);
            String candidate = task == null ? null : task.candidate();
            ObjectNode stage = list.addObject();
            stage.put("taskType", taskType);
            stage.put("risk", risk(taskType, task));
            stage.put("baseline", task == null ? null : task.baseline());
            stage.put("candidate", candidate);
            stage.put("outcome", candidate == null ? "no candidate registered" : "not deployed");
            stage.put(
                    "detail",
                    candidate == null
                            ? "Register one with PUT /api/tasks/" + taskType + "."
                            : "Staged rollouts are not available yet; traffic stays as it is.");
        }
        return result;
    }

    private static String risk(String taskType, Task task) {
        return task != null && task.risk() != null
                ? task.risk()
                : TaskCatalogue.of(taskType).risk().name().toLowerCase(Locale.ROOT);
    }
}
