package dev.acey.simulation.simulate;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A simulation as it was asked for. What became of it is in its job, which is named by the id. */
@Entity
@Table(name = "simulation")
class Simulation extends PanacheEntityBase {

    @Id UUID id;

    /** The client's {@code Idempotency-Key}; null where it gave none. */
    @Column(name = "idempotency_key", updatable = false)
    String idempotencyKey;

    /** SHA-256 of the request's body. */
    @Column(name = "request_hash", nullable = false, updatable = false)
    String requestHash;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    static Uni<Simulation> findByKey(String idempotencyKey) {
        return find("idempotencyKey", idempotencyKey).firstResult();
    }
}
