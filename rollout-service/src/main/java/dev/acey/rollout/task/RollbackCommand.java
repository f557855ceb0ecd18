package dev.acey.rollout.task;

import dev.acey.rollout.actor.Actor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who goes back to the baseline before, and why; both may be missing.
 *
 * @param actor 1 to 200 characters, none of them a control character
 * @param reason up to 1,000 characters
 */
@RegisterForReflection
public record RollbackCommand(
        @Pattern(
                        regexp = Actor.FORM,
                        message = "must be 1 to 200 characters without control characters")
                String actor,
        @Size(max = 1000, message = "must be at most 1000 characters") String reason) {}
