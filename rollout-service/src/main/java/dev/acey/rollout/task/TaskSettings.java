package dev.acey.rollout.task;

import dev.acey.kit.task.Risk;
import dev.acey.kit.task.TaskCatalogue;
import dev.acey.kit.task.TaskDefaults;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What holds for a task: what is set, over the catalogue's defaults.
 *
 * @param known whether it is one of the catalogue's eight
 * @param baseline the model that serves it, or null while none does
 * @param candidate the model that is to follow, or null
 * @param streaming how streamed answers reach the client
 * @param previousBaselines the baselines before this one, newest first, at most ten
 * @param rolloutId the rollout that is under way, or null
 * @param version counts from 1 and grows with each change; 0 while nothing is set
 * @param updatedAt null while nothing is set
 */
@RegisterForReflection
public record TaskSettings(
        String taskType,
        boolean known,
        String baseline,
        String candidate,
        Risk risk,
        Streaming streaming,
        Map<String, String> overrides,
        List<String> previousBaselines,
        UUID rolloutId,
        long version,
        Instant updatedAt) {

    public TaskSettings {
        // Files that were kept before there was a choice say nothing of it.
        streaming = streaming == null ? Streaming.BUFFERED : streaming;
    }

    static TaskSettings unset(String taskType) {
        TaskDefaults defaults = TaskCatalogue.of(taskType);
        return new TaskSettings(
                taskType,
                defaults.known(),
                null,
                null,
                defaults.risk(),
                Streaming.BUFFERED,
                Map.of(),
                List.of(),
                null,
                0,
                null);
    }

    static TaskSettings of(Task task) {
        TaskDefaults defaults = TaskCatalogue.of(task.taskType);
        return new TaskSettings(
                task.taskType,
                defaults.known(),
                task.baseline,
                task.candidate,
                task.risk == null ? defaults.risk() : task.risk,
                task.streaming,
                task.overrides,
                List.of(task.previousBaselines),
                task.rolloutId,
                task.version,
                task.updatedAt);
    }
}
