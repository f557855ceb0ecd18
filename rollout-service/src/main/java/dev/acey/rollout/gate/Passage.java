package dev.acey.rollout.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What let a rollout begin.
 *
 * @param simulationId of the simulation that passed, or was named beside an override; or null
 * @param simulation what came of it, without its lists of single calls; null with an override
 * @param override the reason to begin without; or null
 */
@RegisterForReflection
public record Passage(String simulationId, JsonNode simulation, String override) {}
