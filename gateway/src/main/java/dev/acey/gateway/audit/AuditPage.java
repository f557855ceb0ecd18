package dev.acey.gateway.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Decisions, newest first.
 *
 * @param nextCursor null on the last page
 */
@RegisterForReflection
public record AuditPage(List<AuditEntry> entries, String nextCursor) {}
