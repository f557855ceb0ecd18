package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.VersionUses;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.Jobs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Flags what learned from a version that had to be withdrawn. */
@Singleton
public class StaleModels {

    private final VersionUses uses;
    private final Trainings trainings;
    private final Registration registration;
    private final Jobs jobs;
    private final ObjectMapper json;

    StaleModels(
            VersionUses uses,
            Trainings trainings,
            Registration registration,
            Jobs jobs,
            ObjectMapper json) {
        this.uses = uses;
        this.trainings = trainings;
        this.registration = registration;
        this.jobs = jobs;
        this.json = json;
    }

    /**
     * A training that learned from it.
     *
     * @param model its result's name in the registry; null where it has none
     */
    public record Flagged(UUID training, String model) {}

    /**
     * Flags every training of the version and every model that came of one, here and at
     * rollout-service; a training that still runs is cancelled. Again is harmless.
     */
    public Uni<List<Flagged>> flag(DatasetVersion version) {
        return uses.jobsOf(version.id())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(
                        id -> trainings.stale(id).chain(since -> flag(id, since)))
                .collect()
                .asList();
    }

    private Uni<Flagged> flag(UUID id, Instant since) {
        return jobs.find(id)
                .map(Optional::orElseThrow)
                .call(job -> job.state().ended() ? flagModel(job, since) : stop(id))
                .map(job -> new Flagged(id, modelOf(job)));
    }

    private Uni<Void> flagModel(Job job, Instant since) {
        return modelOf(job) == null
                ? Uni.createFrom().voidItem()
                : registration.flag(TrainingOrder.of(job, json).training(job.id(), json), since);
    }

    private Uni<Void> stop(UUID id) {
        return trainings.cancel(id).chain(() -> jobs.wake(id)).replaceWithVoid();
    }

    private String modelOf(Job job) {
        Registered registered = Course.of(job, json).registered();
        return registered == null ? null : registered.model();
    }
}
