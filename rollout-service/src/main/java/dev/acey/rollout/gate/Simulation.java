package dev.acey.rollout.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a simulation the gate goes by.
 *
 * @param model the candidate it asked, or null
 * @param gates whether it asked the candidate itself
 * @param ruleSet the one it judged by
 * @param whole as simulation-service gave it
 */
record Simulation(
        String id, String state, String model, boolean gates, String ruleSet, JsonNode whole) {

    static Simulation of(JsonNode whole) {
        return new Simulation(
                whole.path("id").asText(),
                whole.path("state").asText(),
                whole.path("candidateModel").textValue(),
                whole.path("gates").asBoolean(),
                whole.path("ruleSet").textValue(),
                whole);
    }

    /** Why it lets no rollout of this candidate begin; none when it does. */
    List<String> faults(String taskType, String candidate, String activeRuleSet) {
        List<String> faults = new ArrayList<>();
        if (!state.equals("completed")) {
            faults.add("The simulation %s is %s, not completed.".formatted(id, state));
            return faults;
        }
        if (!gates) {
            faults.add("The simulation %s did not ask the candidate itself.".formatted(id));
        } else if (!candidate.equals(model)) {
            faults.add("The simulation %s asked %s, not %s.".formatted(id, model, candidate));
        }
        String verdict = whole.path("tasks").path(taskType).path("verdict").asText();
        if (verdict.isEmpty()) {
            faults.add("The simulation %s has no calls of the task %s.".formatted(id, taskType));
        } else if (!verdict.equals("pass")) {
            faults.add(
                    "The simulation %s says %s for the task %s.".formatted(id, verdict, taskType));
            whole.path("tasks").path(taskType).path("reasons").forEach(r -> faults.add(r.asText()));
        }
        if (!activeRuleSet.equals(ruleSet)) {
            faults.add(
                    "The simulation %s judged by the rule set %s; %s is active."
                            .formatted(id, ruleSet, activeRuleSet));
        }
        return faults;
    }
}
