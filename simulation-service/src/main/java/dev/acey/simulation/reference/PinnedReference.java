package dev.acey.simulation.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A pinned reference as the API shows it.
 *
 * @param source where its outputs come from: a selection of live calls, or a simulation's id
 * @param outputs how many it holds
 */
@RegisterForReflection
public record PinnedReference(
        String taskType, JsonNode source, int outputs, String pinnedBy, Instant pinnedAt) {}
