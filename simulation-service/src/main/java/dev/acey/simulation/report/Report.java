package dev.acey.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a report says, as its JSON has it.
 *
 * @param request what was asked for
 * @param result what came of it
 * @param worstCases with both answers, the worst first; those that are still stored
 * @param driftExamples where the drift shows, with quotes
 * @param referenceExamples where the drift from the pinned reference shows
 */
@RegisterForReflection
public record Report(
        UUID id,
        Instant createdAt,
        Instant endedAt,
        JsonNode request,
        JsonNode result,
        List<SideBySide> worstCases,
        List<ShownExample> driftExamples,
        List<ShownExample> referenceExamples) {}
