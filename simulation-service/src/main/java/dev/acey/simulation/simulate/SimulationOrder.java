package dev.acey.simulation.simulate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.simulation.sample.Selection;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a simulation's job is given.
 *
 * @param logs how many calls were given; null with a selection
 * @param select null with calls given
 * @param activeRuleSet hash of the set that was active when it was asked for, so that a simulation
 *     judges by one, however long it runs
 */
@RegisterForReflection
public record SimulationOrder(
        @JsonProperty("logs") Integer logs,
        @JsonProperty("select") Selection select,
        @JsonProperty("config") SimulationConfig config,
        @JsonProperty("activeRuleSet") String activeRuleSet) {

    static SimulationOrder of(SimulateRequest request, String activeRuleSet) {
        Integer given = request.cases() == null ? null : request.cases().size();
        return new SimulationOrder(given, request.selection(), request.config(), activeRuleSet);
    }
}
