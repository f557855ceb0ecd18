package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.dataset.provider.Cost;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a training would be, of which nothing was done.
 *
 * @param payload what the provider would be sent
 */
@RegisterForReflection
public record DryRun(
        boolean dryRun,
        String provider,
        String dataset,
        int version,
        JsonNode payload,
        Cost cost) {}
