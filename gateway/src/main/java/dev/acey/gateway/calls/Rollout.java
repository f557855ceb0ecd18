package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * A staged rollout of rollout-service.
 *
 * @param state {@code waiting_for_approval}, {@code running}, {@code paused}, {@code promoted},
 *     {@code rolled_back} or {@code cancelled}
 * @param stage the stage it is in, counted from 0
 * @param guard what the guard said last, with its reasons
 * @param history what happened to it, in its order
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rollout(
        String id,
        String taskType,
        String candidate,
        String state,
        Integer stage,
        JsonNode guard,
        JsonNode history) {

    /**
     * What to roll out.
     *
     * @param simulationId the simulation that speaks for the candidate; null for whichever does
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Order(String taskType, String candidate, String simulationId) {}

    /**
     * Why it stands where it stands, in words: the last reason in its history, else the guard's.
     */
    public String reason() {
        if (history != null && !history.isEmpty()) {
            String last = history.get(history.size() - 1).path("reason").asText("");
            if (!last.isEmpty()) {
                return last;
            }
        }
        List<String> reasons = new ArrayList<>();
        if (guard != null) {
            guard.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        }
        return reasons.isEmpty() ? "no reason is given" : String.join("; ", reasons);
    }
}
