package dev.acey.rollout.staged;

import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.plan.StageCommand;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * What to roll out.
 *
 * @param candidate a registered model
 * @param simulationId the simulation that lets it begin; one of the newest when missing
 * @param stages instead of those of the task's risk: 1 to 20
 * @param override to begin without a simulation
 */
@RegisterForReflection
public record StartCommand(
        @NotNull(message = "is required")
                @Pattern(
                        regexp = "[a-z][a-z0-9_-]{0,63}",
                        message = "must match ^[a-z][a-z0-9_-]{0,63}$")
                String taskType,
        @NotNull(message = "is required")
                @Pattern(
                        regexp = "[a-z][a-z0-9._-]{0,63}",
                        message = "is no name of a model: it must match ^[a-z][a-z0-9._-]{0,63}$")
                String candidate,
        UUID simulationId,
        @Size(min = 1, max = Plan.MOST_STAGES, message = "must be 1 to 20 stages")
                List<@NotNull(message = "must be a stage") @Valid StageCommand> stages,
        @Valid WithoutGate override) {

    /**
     * To begin without a simulation that passed.
     *
     * @param reason 1 to 1,000 characters
     */
    @RegisterForReflection
    public record WithoutGate(
            @NotBlank(message = "is required: why no simulation is needed")
                    @Size(max = 1000, message = "must be at most 1000 characters")
                    String reason) {}
}
