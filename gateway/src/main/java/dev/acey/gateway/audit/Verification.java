package dev.acey.gateway.audit;

import dev.acey.kit.audit.AuditVerdict;
import dev.acey.kit.audit.Damage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the audit trails hold.
 *
 * @param intact whether every link of every trail does
 * @param firstBroken the first link that does not, of the first trail that does not; null when all
 *     hold
 * @param trails by service
 */
@RegisterForReflection
public record Verification(boolean intact, Broken firstBroken, Map<String, Trail> trails) {

    /**
     * A link that does not hold.
     *
     * @param seq its number in the trail
     * @param detail what is wrong with it, in words
     */
    @RegisterForReflection
    public record Broken(String service, long seq, Damage.Kind kind, String detail) {}

    /**
     * One trail.
     *
     * @param checked how many links hold, counted from the first
     * @param anchored how many of these another service remembers alike; the latest are anchored
     *     within a minute
     * @param anchoredIn that service
     * @param damage the first link that does not hold, null when all do
     */
    @RegisterForReflection
    public record Trail(
            boolean intact, long checked, long anchored, String anchoredIn, Damage damage) {}

    static Verification of(List<String> services, List<Trail> checked) {
        Map<String, Trail> trails = new LinkedHashMap<>();
        Broken first = null;
        for (int i = 0; i < services.size(); i++) {
            Damage damage = checked.get(i).damage();
            if (first == null && damage != null) {
                first = new Broken(services.get(i), damage.seq(), damage.kind(), damage.detail());
            }
            trails.put(services.get(i), checked.get(i));
        }
        return new Verification(first == null, first, trails);
    }

    static Trail trail(AuditVerdict verdict, String keeper) {
        return new Trail(
                verdict.intact(), verdict.checked(), verdict.anchored(), keeper, verdict.damage());
    }
}
