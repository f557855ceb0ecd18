package dev.acey.dataset.kubernetes;

import dev.acey.kit.key.KeyReferences;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Optional;

/** Where and how a cluster trains. */
@ConfigMapping(prefix = "acey.kubernetes")
interface KubernetesSettings {

    /**
     * A file with one manifest, in YAML or JSON: a {@code Job} (batch/v1) or a {@code TrainJob}
     * (trainer.kubeflow.org/v1alpha1) with the team's image and volumes. Each training is made of
     * it.
     */
    Optional<Path> template();

    /** Where trainings run. */
    @WithDefault("default")
    @Pattern(regexp = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", message = "must be a namespace's name")
    String namespace();

    /** Where pods reach dataset-service. */
    @WithDefault("${acey.dataset.url}")
    String datasetUrl();

    /** Where the models that are trained are served, unless a training says where itself. */
    Optional<String> modelBaseUrl();

    /** The name of the key that server asks for; none for a server that asks for none. */
    Optional<
                    @Pattern(regexp = KeyReferences.FORM, message = "must name a key, never be one")
                    String>
            modelKey();
}
