package dev.acey.dataset.version;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Withdraws versions that held calls of somebody who was erased: first the record, for all replicas
 * and durably, then every file of it. What is told of the version from then on comes from its row,
 * which holds nothing anybody said.
 */
@ApplicationScoped
public class Withdrawal {

    private final VersionFiles files;
    private final AuditTrail audit;
    private final Vertx vertx;
    private final Clock clock;

    Withdrawal(VersionFiles files, AuditTrail audit, Vertx vertx, Clock clock) {
        this.files = files;
        this.audit = audit;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Withdraws a version; audited. Again is harmless. Who is reading it reads it to its end.
     *
     * @return done when no file of it is left; fails with 503 while they cannot be removed
     */
    public Uni<Void> withdraw(DatasetVersion version) {
        return Panache.withTransaction(
                        () ->
                                VersionRow.<VersionRow>findById(
                                                version.id(), LockModeType.PESSIMISTIC_WRITE)
                                        .chain(this::mark))
                .chain(() -> vertx.executeBlocking(() -> removed(version), false));
    }

    private Uni<Void> mark(VersionRow row) {
        if (row.withdrawnAt != null) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        row.withdrawnAt = now;
        row.deletedAt = row.deletedAt == null ? now : row.deletedAt;
        return Panache.getSession().chain(session -> audit.append(session, event(row, now)));
    }

    private static AuditEvent event(VersionRow row, Instant now) {
        ObjectNode detail =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", row.version)
                        .put("sha256", row.sha256);
        return new AuditEvent(
                "dataset-service",
                "dataset.withdraw",
                "dataset:" + DatasetName.of(row.taskType),
                detail,
                now);
    }

    private Void removed(DatasetVersion version) {
        try {
            files.remove(version.taskType(), version.version());
            return null;
        } catch (IOException e) {
            throw ProblemException.unavailable(
                    version.filename()
                            + " version "
                            + version.version()
                            + " cannot be removed from the disk right now.");
        }
    }
}
