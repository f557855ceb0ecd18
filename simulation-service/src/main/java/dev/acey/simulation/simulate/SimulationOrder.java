package dev.acey.simulation.simulate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a simulation's job is given.
 *
 * @param logs how many calls were given; null with a selection
 * @param select null with calls given
 */
@RegisterForReflection
public record SimulationOrder(
        @JsonProperty("logs") Integer logs,
        @JsonProperty("select") Selection select,
        @JsonProperty("config") SimulationConfig config) {

    static SimulationOrder of(SimulateRequest request) {
        Integer given = request.cases() == null ? null : request.cases().size();
        return new SimulationOrder(given, request.selection(), request.config());
    }
}
