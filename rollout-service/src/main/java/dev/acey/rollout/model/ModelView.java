package dev.acey.rollout.model;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A model as the API shows it.
 *
 * @param apiKeyPresent whether the key that is named is there, on the replica that answers; null
 *     when none is named
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
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static ModelView of(Model model, Boolean apiKeyPresent) {
        return new ModelView(
                model.name,
                model.baseUrl,
                model.upstreamModel,
                model.apiKeyRef,
                apiKeyPresent,
                model.timeoutMs,
                model.pricing(),
                model.version,
                model.createdAt,
                model.updatedAt);
    }
}
