package dev.acey.rollout.staged;

import dev.acey.rollout.actor.Actor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who decides, and why. Nobody is kept from stopping a rollout by a form; an approval names both.
 *
 * @param actor 1 to 200 characters, none of them a control character
 * @param reason up to 1,000 characters
 */
@RegisterForReflection
public record DecisionCommand(
        @Pattern(
                        regexp = Actor.FORM,
                        message = "must be 1 to 200 characters without control characters")
                String actor,
        @Size(max = 1000, message = "must be at most 1000 characters") String reason) {

    static DecisionCommand orNone(DecisionCommand given) {
        return given == null ? new DecisionCommand(null, null) : given;
    }

    boolean hasReason() {
        return reason != null && !reason.isBlank();
    }

    Step step(Rollout next, String action) {
        return new Step(next, action, Actor.of(actor), reason, null);
    }
}
