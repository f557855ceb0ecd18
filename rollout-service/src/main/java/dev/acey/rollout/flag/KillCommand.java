package dev.acey.rollout.flag;

import dev.acey.rollout.actor.Actor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What to turn off. Who and why may be missing: nobody is kept from it by a form.
 *
 * @param taskType the task, or {@code *} for all
 * @param actor 1 to 200 characters, none of them a control character
 * @param reason up to 1,000 characters
 */
@RegisterForReflection
public record KillCommand(
        @NotNull(message = "is required: a task, or * for all")
                @Pattern(
                        regexp = "\\*|[a-z][a-z0-9_-]{0,63}",
                        message = "must match ^[a-z][a-z0-9_-]{0,63}$, or be * for all tasks")
                String taskType,
        @Pattern(
                        regexp = Actor.FORM,
                        message = "must be 1 to 200 characters without control characters")
                String actor,
        @Size(max = 1000, message = "must be at most 1000 characters") String reason) {

    /** All tasks. */
    static final String ALL = "*";
}
