package dev.acey.simulation.simulate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.sample.Selection;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a simulation's job is given.
 *
 * @param logs how many calls were given; null with a selection
 * @param select null with calls given
 * @param activeRuleSet hash of the set that was active when it was asked for, so that a simulation
 *     judges by one, however long it runs
 * @param calls to models that may be made, the service's bound where the client set none
 * @param nanodollars that they may cost
 */
@RegisterForReflection
public record SimulationOrder(
        @JsonProperty("logs") Integer logs,
        @JsonProperty("select") Selection select,
        @JsonProperty("config") SimulationConfig config,
        @JsonProperty("activeRuleSet") String activeRuleSet,
        @JsonProperty("calls") int calls,
        @JsonProperty("nanodollars") long nanodollars) {

    static SimulationOrder of(SimulateRequest request, String activeRuleSet, Budget budget) {
        Integer given = request.cases() == null ? null : request.cases().size();
        return new SimulationOrder(
                given,
                request.selection(),
                request.config(),
                activeRuleSet,
                budget.calls(),
                budget.nanodollars());
    }

    /** The set that judges all outputs; null for each entry's own. */
    String chosenRuleSet() {
        boolean asked = config.candidateModel() != null;
        return config.ruleSet() == null && asked ? activeRuleSet : config.ruleSet();
    }

    Budget budget() {
        return new Budget(calls, nanodollars);
    }
}
