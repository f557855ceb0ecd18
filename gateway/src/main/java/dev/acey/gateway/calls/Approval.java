package dev.acey.gateway.calls;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Lets a rollout that waits for it go on.
 *
 * @param actor who approves
 * @param reason why
 */
@RegisterForReflection
public record Approval(String actor, String reason) {}
