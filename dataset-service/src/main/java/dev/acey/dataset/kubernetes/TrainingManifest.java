package dev.acey.dataset.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.provider.Training;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a training's manifest of the team's template: its name, a label, and in every container's
 * environment (of a {@code TrainJob}, the trainer's) what is to be learned from. The container
 * writes the result to its termination message: the model's name, or a JSON object {@code {model,
 * baseUrl?, metrics?, trainedTokens?}}.
 */
@Singleton
class TrainingManifest {

    static final String LABEL = "acey.dev/training";

    private static final String TRAIN_JOB = "TrainJob";
    private static final Map<String, String> KINDS =
            Map.of(TRAIN_JOB, "trainer.kubeflow.org/v1alpha1", "Job", "batch/v1");

    private final KubernetesSettings settings;
    private final ObjectMapper json;
    private ObjectNode template;

    TrainingManifest(KubernetesSettings settings, ObjectMapper json) {
        this.settings = settings;
        this.json = json;
    }

    void read(@Observes StartupEvent start) {
        settings.template()
                .ifPresent(
                        file -> {
                            try {
                                template = checked(Files.readString(file));
                            } catch (IOException e) {
                                throw new IllegalStateException(
                                        "acey.kubernetes.template cannot be read: " + file, e);
                            }
                        });
    }

    /** Whether it is a TrainJob, else a Job. */
    boolean isTrainJob() {
        return template.path("kind").asText().equals(TRAIN_JOB);
    }

    ObjectNode of(Training training) {
        ObjectNode manifest = template.deepCopy();
        ObjectNode metadata = manifest.withObject("/metadata");
        metadata.put("name", training.name()).put("namespace", settings.namespace());
        metadata.withObject("/labels").put(LABEL, training.id().toString());
        if (isTrainJob()) {
            setEnvironment(manifest.withObject("/spec/trainer"), training);
        } else {
            for (JsonNode container : manifest.at("/spec/template/spec/containers")) {
                setEnvironment((ObjectNode) container, training);
            }
        }
        return manifest;
    }

    private static ObjectNode checked(String text) {
        JsonNode manifest = Serialization.unmarshal(text, JsonNode.class);
        String kind = manifest == null ? "" : manifest.path("kind").asText();
        String version = manifest == null ? "" : manifest.path("apiVersion").asText();
        if (!(manifest instanceof ObjectNode object) || !version.equals(KINDS.get(kind))) {
            throw new IllegalStateException(
                    "acey.kubernetes.template must be one Job (batch/v1) or TrainJob"
                            + " (trainer.kubeflow.org/v1alpha1)");
        }
        if (kind.equals("Job") && manifest.at("/spec/template/spec/containers").isEmpty()) {
            throw new IllegalStateException("acey.kubernetes.template must have a container");
        }
        return object;
    }

    /** What the template sets by the same name is replaced. */
    private void setEnvironment(ObjectNode container, Training training) {
        Map<String, String> ours = environment(training);
        ArrayNode all = json.createArrayNode();
        for (JsonNode there : container.path("env")) {
            if (!ours.containsKey(there.path("name").asText())) {
                all.add(there);
            }
        }
        ours.forEach((name, value) -> all.addObject().put("name", name).put("value", value));
        container.set("env", all);
    }

    /** The path is that below the data directory, for pods that mount it. */
    private Map<String, String> environment(Training training) {
        var dataset = training.dataset();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ACEY_TRAINING", training.id().toString());
        environment.put("ACEY_DATASET_URL", settings.datasetUrl() + dataset.url());
        environment.put(
                "ACEY_DATASET_PATH",
                "datasets/%s-dataset/v%06d/%s"
                        .formatted(dataset.taskType(), dataset.version(), dataset.filename()));
        environment.put("ACEY_DATASET_SHA256", dataset.sha256());
        environment.put("ACEY_DATASET_FORMAT", json.valueToTree(dataset.format()).asText());
        environment.put("ACEY_BASE_MODEL", training.baseModel());
        environment.put("ACEY_HYPERPARAMETERS", training.hyperparameters().toString());
        environment.put("ACEY_SUFFIX", training.suffix());
        return environment;
    }
}
