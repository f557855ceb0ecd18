package dev.acey.rollout.task;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Which model is to follow a task's baseline.
 *
 * @param model registered
 */
@RegisterForReflection
public record CandidateCommand(
        @NotNull(message = "is required") @Size(max = 64, message = "must be at most 64 characters")
                String model) {}
