package dev.acey.kit.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Whether the chain holds.
 *
 * @param intact whether every link does
 * @param checked how many links hold, counted from the first
 * @param firstBroken seq of the first link that does not, null when all do
 * @param reason what is wrong with it, null when all hold
 */
@RegisterForReflection
public record AuditVerdict(boolean intact, long checked, Long firstBroken, String reason) {

    static AuditVerdict intact(long checked) {
        return new AuditVerdict(true, checked, null, null);
    }

    static AuditVerdict broken(long checked, long seq, String reason) {
        return new AuditVerdict(false, checked, seq, reason);
    }
}
