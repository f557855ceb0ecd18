package dev.acey.kit.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Whether a chain holds.
 *
 * @param intact whether every link does
 * @param checked how many links hold, counted from the first
 * @param anchored how many of these their keeper remembers alike
 * @param damage the first link that does not hold, null when all do
 */
@RegisterForReflection
public record AuditVerdict(boolean intact, long checked, long anchored, Damage damage) {}
