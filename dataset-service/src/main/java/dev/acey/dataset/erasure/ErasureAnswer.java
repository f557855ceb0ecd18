package dev.acey.dataset.erasure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.erasure.ErasureCourse.FlaggedModel;
import dev.acey.dataset.erasure.ErasureCourse.WithdrawnVersion;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobError;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Progress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An erasure as a client sees it; the person is not named.
 *
 * @param state running, completed, failed or cancelled
 * @param logs entries erased
 * @param channels channels' states and tasks' overrides out of which the person was taken
 * @param cases of simulations, erased
 * @param datasets versions that held the person's calls: stale, and withdrawn
 * @param models what learned from those
 * @param away replicas of rollout-service that were away; they see to it before they ship anything,
 *     when they come back
 * @param waitingFor the part that cannot be reached right now, such as {@code simulation}; null
 *     while all can
 */
@RegisterForReflection
public record ErasureAnswer(
        UUID id,
        JobState state,
        long logs,
        long channels,
        long cases,
        List<WithdrawnVersion> datasets,
        List<FlaggedModel> models,
        int away,
        String waitingFor,
        Progress progress,
        JobError error,
        Instant createdAt,
        Instant endedAt) {

    static ErasureAnswer of(Job job, ObjectMapper json) {
        ErasureCourse course = ErasureCourse.of(job, json);
        return new ErasureAnswer(
                UUID.fromString(job.name()),
                job.state().ended() ? job.state() : JobState.RUNNING,
                course.logs(),
                course.channels(),
                course.cases(),
                course.datasets(),
                course.models(),
                course.away(),
                course.waitingFor(),
                job.progress(),
                job.error(),
                job.createdAt(),
                job.endedAt());
    }
}
