package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Training;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Follows trainings; between two looks at a provider a training holds nothing. */
@Singleton
class TrainingJob implements JobHandler {

    static final String KIND = "finetune";

    private final Providers providers;
    private final Trainings trainings;
    private final Registration registration;
    private final TrainSettings settings;
    private final ObjectMapper json;
    private final Clock clock;

    TrainingJob(
            Providers providers,
            Trainings trainings,
            Registration registration,
            TrainSettings settings,
            ObjectMapper json,
            Clock clock) {
        this.providers = providers;
        this.trainings = trainings;
        this.registration = registration;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        TrainingOrder order = TrainingOrder.of(run.job(), json);
        Provider provider = providers.named(order.provider());
        Training training = order.training(run.job().id(), json);
        return trainings
                .begin(run.job().id(), order)
                .chain(
                        said ->
                                new TrainingRun(
                                                run,
                                                provider,
                                                training,
                                                said,
                                                registration,
                                                settings,
                                                json,
                                                clock)
                                        .goOn());
    }
}
