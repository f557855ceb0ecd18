package dev.acey.rollout.model;

import dev.acey.rollout.lineage.Lineage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A model as the API shows it.
 *
 * @param apiKeyPresent whether the key that is named is there, on the replica that answers; null
 *     when none is named
 * @param lineage what it learned from; null unless it was trained here
 * @param version counts from 1 and grows with each change
 */
@RegisterForReflection
public record ModelView(
        String name,
        String baseUrl,
        String upstreamModel,
        String apiKeyRef,
        Boolean apiKeyPresent,
        int timeoutMs,
        Pricing pricing,
        Lineage lineage,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static ModelView of(Model model, Boolean apiKeyPresent, Lineage lineage) {
        return new ModelView(
                model.name,
                model.baseUrl,
                model.upstreamModel,
                model.apiKeyRef,
                apiKeyPresent,
                model.timeoutMs,
                model.pricing(),
                lineage,
                model.version,
                model.createdAt,
                model.updatedAt);
    }
}
