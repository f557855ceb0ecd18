package dev.acey.dataset.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.dataset.version.DatasetVersion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * A training as it was asked for, every default filled in.
 *
 * @param id by which a provider's job is found again
 * @param dataset the version it learns from
 * @param baseModel as the provider calls it
 * @param hyperparameters the provider's own; an object, empty for its defaults
 * @param suffix of the result's name, where the provider takes one
 */
@RegisterForReflection
public record Training(
        UUID id,
        DatasetVersion dataset,
        String baseModel,
        JsonNode hyperparameters,
        String suffix) {

    /** What the provider's job, file or resource is called: the same for every attempt. */
    public String name() {
        return "acey-" + id;
    }
}
