package dev.acey.dataset.version;

import dev.acey.kit.task.Format;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A row of {@code dataset_version}. */
@Entity
@Table(name = "dataset_version")
class VersionRow extends PanacheEntityBase {

    @Id UUID id;

    @Column(name = "task_type")
    String taskType;

    int version;

    @Column(name = "job_id")
    UUID jobId;

    @Enumerated(EnumType.STRING)
    Format format;

    long examples;
    long bytes;
    String sha256;

    /** JSON: each a {@link DatasetPart}. */
    String parts;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @Column(name = "withdrawn_at")
    Instant withdrawnAt;

    /** Whatever became of it; null if there never was one. */
    static Uni<VersionRow> find(String taskType, int version) {
        return find("taskType = ?1 and version = ?2", taskType, version).firstResult();
    }

    /** Those that can be had: the one of this number, or all. */
    static PanacheQuery<VersionRow> present(String taskType, Integer version) {
        String present = "taskType = ?1 and deletedAt is null";
        return version == null
                ? find(present + " order by version", taskType)
                : find(present + " and version = ?2", taskType, version);
    }

    /** The newest that can be had, or null. */
    static Uni<VersionRow> newest(String taskType) {
        return find("taskType = ?1 and deletedAt is null order by version desc", taskType)
                .firstResult();
    }

    static Uni<List<VersionRow>> page(UUID before, int limit) {
        return before == null
                ? find("deletedAt is null order by id desc").page(0, limit).list()
                : find("deletedAt is null and id < ?1 order by id desc", before)
                        .page(0, limit)
                        .list();
    }

    DatasetVersion toVersion() {
        return new DatasetVersion(
                id,
                taskType,
                version,
                jobId,
                format,
                examples,
                bytes,
                sha256,
                PartsJson.read(parts),
                createdAt,
                deletedAt);
    }
}
