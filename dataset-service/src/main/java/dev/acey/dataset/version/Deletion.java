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
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Takes versions away: first the record, for all replicas and durably, then the files. */
@ApplicationScoped
public class Deletion {

    private static final Logger LOG = Logger.getLogger(Deletion.class);
    private static final String ANYBODY = "anonymous";

    private final VersionFiles files;
    private final VersionUses uses;
    private final AuditTrail audit;
    private final Vertx vertx;
    private final Clock clock;

    Deletion(VersionFiles files, VersionUses uses, AuditTrail audit, Vertx vertx, Clock clock) {
        this.files = files;
        this.uses = uses;
        this.audit = audit;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * Deletes a version, or all a dataset has; audited. Who is reading one reads it to its end.
     *
     * @param version its number; null for every version
     * @return done; fails with 404 if there is nothing to delete, with 409 while a training uses it
     */
    public Uni<Void> delete(String taskType, Integer version) {
        return Panache.withTransaction(() -> markDeleted(taskType, version))
                .chain(
                        rows ->
                                vertx.executeBlocking(
                                        () -> {
                                            rows.forEach(this::removeFiles);
                                            return null;
                                        },
                                        false))
                .replaceWithVoid();
    }

    private Uni<List<VersionRow>> markDeleted(String taskType, Integer version) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return VersionRow.present(taskType, version)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list()
                .call(rows -> Panache.getSession().chain(s -> requireUnused(s, rows)))
                .invoke(rows -> mark(rows, taskType, now))
                .call(rows -> Panache.getSession().chain(s -> audit.append(s, event(rows, now))));
    }

    private Uni<Void> requireUnused(Mutiny.Session session, List<VersionRow> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : uses.requireNone(session, rows.stream().map(row -> row.id).toList());
    }

    private static void mark(List<VersionRow> rows, String taskType, Instant now) {
        if (rows.isEmpty()) {
            throw ProblemException.notFound(
                    "There is no such version of " + DatasetName.of(taskType) + ".");
        }
        rows.forEach(row -> row.deletedAt = now);
    }

    private static AuditEvent event(List<VersionRow> rows, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        rows.forEach(
                row ->
                        detail.withArray("versions")
                                .addObject()
                                .put("version", row.version)
                                .put("sha256", row.sha256));
        String subject = "dataset:" + DatasetName.of(rows.get(0).taskType);
        return new AuditEvent(ANYBODY, "dataset.delete", subject, detail, now);
    }

    /** What cannot be removed now is removed by {@link LeftOvers}. */
    private void removeFiles(VersionRow row) {
        try {
            files.remove(row.taskType, row.version);
        } catch (IOException e) {
            LOG.warnf(e, "%s version %d is not removed yet", row.taskType, row.version);
        }
    }
}
