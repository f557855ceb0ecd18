package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.gate.Passage;
import dev.acey.rollout.lineage.Lineage;
import dev.acey.rollout.plan.Plan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All that is known of a rollout but its ticks.
 *
 * @param plan its stages
 * @param configuration what it is watched by, the guard's settings and history among it
 * @param gate what let it begin
 * @param ruleSet hash of the rule set it goes under
 * @param datasets what those of the two models that were trained here had learned from when it
 *     began, by model
 * @param steps all of them, oldest first: approvals, pauses and what the guard did
 */
@RegisterForReflection
public record Dossier(
        UUID id,
        String taskType,
        Risk risk,
        String baseline,
        String candidate,
        RolloutState state,
        int stage,
        String ruleSet,
        Instant createdAt,
        Instant endedAt,
        Plan plan,
        Watching configuration,
        Passage gate,
        Map<String, Lineage> datasets,
        List<DossierStep> steps) {

    /**
     * A step with its numbers.
     *
     * @param detail reason, rule set and, where the guard decided, what it said
     */
    @RegisterForReflection
    public record DossierStep(
            int number,
            Instant at,
            String action,
            String actor,
            RolloutState state,
            int stage,
            JsonNode detail) {}

    static Dossier of(StoredRollout row, List<DossierStep> steps) {
        return new Dossier(
                row.id,
                row.taskType,
                row.risk,
                row.baseline,
                row.candidate,
                row.state,
                row.stage,
                row.ruleSet,
                row.createdAt,
                row.endedAt,
                row.plan,
                row.watching,
                row.gate,
                row.datasets,
                steps);
    }
}
