package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.provider.Training;
import dev.acey.kit.task.Format;

/** The body of {@code POST /fine_tuning/jobs}. */
final class JobPayload {

    /** Where a job of ours says which training it is. */
    static final String TRAINING = "acey_training";

    private JobPayload() {}

    /**
     * Learns from examples, or from preferences (DPO) where the dataset has those.
     *
     * @param file the id of what it learns from
     * @param validation the id of what it is checked by, or null
     */
    static ObjectNode of(Training training, String file, String validation) {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("model", training.baseModel())
                .put("training_file", file)
                .put("suffix", training.suffix());
        if (validation != null) {
            job.put("validation_file", validation);
        }
        String type = isPreference(training) ? "dpo" : "supervised";
        ObjectNode method = job.putObject("method").put("type", type);
        if (!training.hyperparameters().isEmpty()) {
            method.putObject(type).set("hyperparameters", training.hyperparameters());
        }
        job.putObject("metadata")
                .put(TRAINING, training.id().toString())
                .put("dataset", training.dataset().filename())
                .put("version", String.valueOf(training.dataset().version()))
                .put("sha256", training.dataset().sha256());
        return job;
    }

    /** Whether a job is this training's. */
    static boolean isOf(Training training, JsonNode job) {
        return training.id().toString().equals(job.path("metadata").path(TRAINING).asText());
    }

    private static boolean isPreference(Training training) {
        return training.dataset().format() == Format.PREFERENCE;
    }
}
