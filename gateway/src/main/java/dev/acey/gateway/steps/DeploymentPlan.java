package dev.acey.gateway.steps;

import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.calls.TaskPage;
import dev.acey.gateway.calls.TaskPage.Task;
import dev.acey.gateway.steps.Deployment.Stage;
import dev.acey.kit.task.TaskCatalogue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says, task by task in the order of deployment, what is to be deployed, and what is not and why.
 */
@Singleton
class DeploymentPlan {

    private final ServiceCalls services;

    DeploymentPlan(ServiceCalls services) {
        this.services = services;
    }

    Uni<Deployment> of(StepRun run) {
        return tasks().map(
                        tasks ->
                                new Deployment(
                                        run.config().deploymentStages().stream()
                                                .map(
                                                        task ->
                                                                stage(
                                                                        task,
                                                                        tasks.get(task),
                                                                        run.candidate(task)))
                                                .toList()));
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

    private static Stage stage(String taskType, Task task, String candidate) {
        String baseline = task == null ? null : task.baseline();
        String reason = reasonToSkip(task, candidate);
        return new Stage(
                taskType,
                risk(taskType, task),
                baseline,
                candidate,
                reason == null ? Deployment.PENDING : Deployment.SKIPPED,
                reason,
                null,
                null,
                0);
    }

    /** Live traffic changes only for a candidate that somebody named or this workflow trained. */
    private static String reasonToSkip(Task task, String candidate) {
        if (candidate == null) {
            return task == null || task.candidate() == null
                    ? "There is no candidate: name one in config.candidates."
                    : task.candidate()
                            + " is registered as its candidate; to deploy it, name it in"
                            + " config.candidates.";
        }
        return task != null && candidate.equals(task.baseline())
                ? candidate + " serves it already."
                : null;
    }

    private static String risk(String taskType, Task task) {
        return task != null && task.risk() != null
                ? task.risk()
                : TaskCatalogue.of(taskType).risk().name().toLowerCase(Locale.ROOT);
    }
}
