package dev.acey.dataset.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.kit.job.Job;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * What a training's job is given.
 *
 * @param request as it was sent, to know it again
 * @param provider by name
 * @param dataset the version that was meant
 */
@RegisterForReflection(targets = {TrainingOrder.class, DatasetVersion.class})
record TrainingOrder(FinetuneCommand request, String provider, DatasetVersion dataset) {

    /**
     * @throws ProblemException 400 for a setting that is no single value
     */
    static TrainingOrder of(FinetuneCommand request, String provider, DatasetVersion dataset) {
        if (request.hyperparameters() != null) {
            request.hyperparameters()
                    .forEach(
                            (name, value) -> {
                                if (value == null || !value.isValueNode() || value.isNull()) {
                                    throw ProblemException.invalid(
                                            FieldError.child("/hyperparameters", name),
                                            "must be a text, a number, true or false");
                                }
                            });
        }
        return new TrainingOrder(request, provider, dataset);
    }

    static TrainingOrder of(Job job, ObjectMapper json) {
        try {
            return json.treeToValue(job.config(), TrainingOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " holds no training", e);
        }
    }

    Training training(UUID id, ObjectMapper json) {
        JsonNode hyperparameters =
                request.hyperparameters() == null
                        ? json.createObjectNode()
                        : json.valueToTree(request.hyperparameters());
        String suffix =
                request.suffix() == null
                        ? dataset.taskType().replace('_', '-') + "-v" + dataset.version()
                        : request.suffix();
        return new Training(
                id,
                dataset,
                request.baseModel(),
                hyperparameters,
                suffix.substring(0, Math.min(40, suffix.length())));
    }
}
