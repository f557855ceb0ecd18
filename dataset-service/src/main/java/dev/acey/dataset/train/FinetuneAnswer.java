package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Cost;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobError;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Progress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A training as a client sees it.
 *
 * @param providerJobId null before it is submitted
 * @param resultModel as whoever serves it calls it; null before it succeeded
 * @param model its name in the registry; null before, and where it could not be registered
 * @param candidateOf the task whose candidate it became; null where it did not
 * @param detail why it is waiting, or not registered, or no candidate; else null
 * @param staleSince since when it is known that the dataset held calls of somebody who was erased;
 *     null while it is not, and in streams of events
 * @param progress steps that are not counted: 0 of 0
 * @param error why it failed; else null
 */
@RegisterForReflection
public record FinetuneAnswer(
        UUID id,
        TrainingState state,
        String provider,
        String providerJobId,
        String dataset,
        int version,
        String baseModel,
        JsonNode hyperparameters,
        String resultModel,
        String model,
        String candidateOf,
        String detail,
        Instant staleSince,
        List<Report.Event> events,
        List<Report.Checkpoint> checkpoints,
        JsonNode metrics,
        Cost cost,
        Progress progress,
        String error,
        Instant createdAt,
        Instant endedAt) {

    static FinetuneAnswer of(Job job, Provider provider, Instant staleSince, ObjectMapper json) {
        TrainingOrder order = TrainingOrder.of(job, json);
        Course course = Course.of(job, json);
        Report report =
                course.report() == null ? Report.of(TrainingState.QUEUED, null) : course.report();
        Registered registered =
                course.registered() == null
                        ? new Registered(null, null, course.waitingFor())
                        : course.registered();
        var training = order.training(job.id(), json);
        return new FinetuneAnswer(
                job.id(),
                state(job, report),
                order.provider(),
                course.job(),
                order.dataset().filename(),
                order.dataset().version(),
                training.baseModel(),
                training.hyperparameters(),
                report.resultModel(),
                registered.model(),
                registered.candidateOf(),
                registered.detail(),
                staleSince,
                report.events(),
                report.checkpoints(),
                report.metrics(),
                provider.cost(training, report),
                job.progress(),
                error(job.error(), report),
                job.createdAt(),
                job.endedAt());
    }

    /** A model that is trained but not registered yet is not there yet. */
    private static TrainingState state(Job job, Report report) {
        if (job.state() == JobState.FAILED) {
            return TrainingState.FAILED;
        }
        if (job.state() == JobState.CANCELLED) {
            return TrainingState.CANCELLED;
        }
        return job.state().ended() || !report.state().ended()
                ? report.state()
                : TrainingState.RUNNING;
    }

    private static String error(JobError error, Report report) {
        return error == null ? report.error() : error.detail();
    }
}
