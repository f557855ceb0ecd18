package dev.acey.rollout.tick;

import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.stored.JsonText;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** How far a rollout has been watched. The lease is {@link Leases}' business. */
@Entity
@Table(name = "rollout_watch")
class StoredWatch extends PanacheEntityBase {

    @Id
    @Column(name = "rollout_id")
    UUID rolloutId;

    @Column(updatable = false)
    long fence;

    Integer stage;

    Instant since;

    @Column(name = "next_tick")
    Long nextTick;

    @Column(name = "guard")
    String state;

    /** The row, if this replica still holds the lease; fails with {@link LostLease} otherwise. */
    static Uni<StoredWatch> lock(Lease lease) {
        return StoredWatch.<StoredWatch>findById(lease.rollout(), LockModeType.PESSIMISTIC_WRITE)
                .invoke(
                        watch -> {
                            if (watch.fence != lease.fence()) {
                                throw new LostLease(lease);
                            }
                        });
    }

    GuardState guard() {
        return JsonText.read(state, GuardState.class);
    }

    void guard(GuardState next) {
        state = JsonText.write(next);
    }
}
