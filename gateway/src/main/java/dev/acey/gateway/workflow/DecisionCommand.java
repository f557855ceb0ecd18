package dev.acey.gateway.workflow;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Who cancels or retries a workflow, and why.
 *
 * @param actor {@code anonymous} unless given
 * @param reason null unless given
 */
@RegisterForReflection
public record DecisionCommand(
        @Pattern(regexp = "\\P{Cntrl}{1,200}", message = "must be 1 to 200 printable characters")
                String actor,
        @Size(max = 1000) String reason) {

    public DecisionCommand {
        actor = actor == null ? "anonymous" : actor;
    }

    static DecisionCommand orNone(DecisionCommand given) {
        return given == null ? new DecisionCommand(null, null) : given;
    }
}
