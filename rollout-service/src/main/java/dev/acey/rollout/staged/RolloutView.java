package dev.acey.rollout.staged;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.plan.Stage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A rollout as the API shows it.
 *
 * @param stage the one it is in, or waits to be let into, counted from 0
 * @param guard what the guard said last: its metrics, verdict and reasons
 * @param ruleSet the one the simulation judged by; after a change, the one it was resumed under
 * @param simulationId null where none was named
 * @param override why it began without a simulation; or null
 * @param history the latest 500 steps, oldest first
 * @param endedAt null while it is under way
 */
@RegisterForReflection
public record RolloutView(
        UUID id,
        String taskType,
        Risk risk,
        String baseline,
        String candidate,
        RolloutState state,
        int stage,
        List<Stage> stages,
        JsonNode guard,
        String ruleSet,
        String simulationId,
        String override,
        Instant createdAt,
        Instant updatedAt,
        Instant endedAt,
        List<TakenStep> history,
        @JsonIgnore long version) {

    static RolloutView of(StoredRollout row, List<TakenStep> history) {
        return new RolloutView(
                row.id,
                row.taskType,
                row.risk,
                row.baseline,
                row.candidate,
                row.state,
                row.stage,
                row.plan.stages(),
                row.guard == null ? unsaid() : row.guard,
                row.ruleSet,
                row.gate.simulationId(),
                row.gate.override(),
                row.createdAt,
                row.updatedAt,
                row.endedAt,
                history,
                row.version);
    }

    @JsonIgnore
    boolean ended() {
        return endedAt != null;
    }

    private static ObjectNode unsaid() {
        ObjectNode guard = JsonNodeFactory.instance.objectNode();
        guard.put("verdict", "hold");
        guard.putArray("reasons").add("Nothing has been looked at yet.");
        guard.putArray("metrics");
        return guard;
    }
}
