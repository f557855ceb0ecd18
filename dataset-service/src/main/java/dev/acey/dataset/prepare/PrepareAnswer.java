package dev.acey.dataset.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.draft.Dropped;
import dev.acey.dataset.draft.FinishedTask;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobError;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Progress;
import dev.acey.kit.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A preparation as a client sees it.
 *
 * @param datasets by task; empty until it is completed
 * @param summary null until it is completed
 * @param settings what is applied
 * @param error why it failed, or why it is tried again; else null
 */
@RegisterForReflection
public record PrepareAnswer(
        UUID id,
        JobState state,
        Map<String, Prepared> datasets,
        Summary summary,
        PrepareSettings settings,
        Progress progress,
        JobError error,
        Instant createdAt,
        Instant endedAt) {

    /**
     * What one task came to: its file, which after a split is the part to train on, and the parts
     * of the split, none without one. Where no entry became an example there is no new version:
     * version, sha256 and url are null, and the newest version stays the one before.
     */
    @RegisterForReflection
    public record Prepared(
            String filename,
            Integer version,
            long count,
            long bytes,
            String sha256,
            Format format,
            String url,
            List<Part> splits,
            Dropped dropped) {}

    /** One part of a split. */
    @RegisterForReflection
    public record Part(String name, long count, long bytes, String sha256, String url) {}

    /**
     * All tasks together.
     *
     * @param totalLogs entries read
     * @param totalDatasets versions made
     * @param totalExamples in those, all parts together
     */
    @RegisterForReflection
    public record Summary(long totalLogs, long totalDatasets, long totalExamples) {}

    /** What a job's result holds. */
    @RegisterForReflection
    record Result(Map<String, Prepared> datasets, Summary summary) {

        private static final Result NOTHING_YET = new Result(Map.of(), null);

        /**
         * The result of finished tasks.
         *
         * @param made the versions made, by task; none for a task without examples
         */
        static Result of(List<FinishedTask> tasks, Map<String, DatasetVersion> made) {
            Map<String, Prepared> datasets = new LinkedHashMap<>();
            for (FinishedTask task : tasks) {
                String taskType = task.plan().taskType();
                datasets.put(taskType, prepared(task, made.get(taskType)));
            }
            Summary summary =
                    new Summary(
                            tasks.stream().mapToLong(FinishedTask::read).sum(),
                            made.size(),
                            tasks.stream().mapToLong(FinishedTask::examples).sum());
            return new Result(datasets, summary);
        }

        private static Prepared prepared(FinishedTask task, DatasetVersion version) {
            return new Prepared(
                    DatasetName.of(task.plan().taskType()),
                    version == null ? null : version.version(),
                    task.main().count(),
                    task.main().bytes(),
                    version == null ? null : version.sha256(),
                    task.plan().converter().format(),
                    version == null ? null : version.url(),
                    version == null || task.parts().size() == 1 ? List.of() : splits(version),
                    task.dropped());
        }

        private static List<Part> splits(DatasetVersion version) {
            return version.parts().stream()
                    .map(
                            part ->
                                    new Part(
                                            part.name(),
                                            part.count(),
                                            part.bytes(),
                                            part.sha256(),
                                            version.url(part.name())))
                    .toList();
        }
    }

    static PrepareAnswer of(Job job, ObjectMapper json) {
        PrepareConfig config = PrepareConfig.of(job, json);
        Result result = job.result() == null ? Result.NOTHING_YET : read(job, json);
        return new PrepareAnswer(
                job.id(),
                job.state(),
                result.datasets(),
                result.summary(),
                config.settings(),
                job.progress(),
                job.error(),
                job.createdAt(),
                job.endedAt());
    }

    private static Result read(Job job, ObjectMapper json) {
        try {
            return json.treeToValue(job.result(), Result.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " holds no result", e);
        }
    }
}
