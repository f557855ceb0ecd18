package dev.acey.dataset.version;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code preparation}. */
@Entity
@Table(name = "preparation")
class PreparationRow extends PanacheEntityBase {

    @Id
    @Column(name = "job_id")
    UUID jobId;

    String result;
}
