package dev.acey.rollout.model;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A registered model as every replica remembers it, to be called.
 *
 * @param baseUrl without {@code /chat/completions}
 * @param apiKeyRef the name of a key, or null
 * @param timeoutMs for a whole answer
 * @param pricing null when unknown
 */
@RegisterForReflection
public record KnownModel(
        String name,
        String baseUrl,
        String upstreamModel,
        String apiKeyRef,
        int timeoutMs,
        Pricing pricing) {

    static KnownModel of(Model model) {
        return new KnownModel(
                model.name,
                model.baseUrl,
                model.upstreamModel,
                model.apiKeyRef,
                model.timeoutMs,
                model.pricing());
    }
}
