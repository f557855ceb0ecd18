package dev.acey.log.collect;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * What is answered to one stored entry.
 *
 * @param controlDecision null for a call that failed or gave no output
 * @param action what follows from the decision; null like it
 */
@RegisterForReflection
public record Receipt(UUID id, Instant timestamp, String controlDecision, String action) {}
