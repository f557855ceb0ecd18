package dev.acey.dataset.version;

import dev.acey.kit.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * The manifest of a version that was withdrawn: what can be told without anything that was said.
 *
 * @param jobId the preparation that made it, whose settings are still known
 * @param stale always
 */
@RegisterForReflection
public record Withdrawn(
        String filename,
        int version,
        String taskType,
        UUID jobId,
        Format format,
        long count,
        long bytes,
        String sha256,
        Instant createdAt,
        boolean stale,
        Reason withdrawn) {

    private static final String ERASURE = "erasure";

    /** When and why. */
    @RegisterForReflection
    public record Reason(Instant at, String reason, String rebuild) {}

    static Withdrawn of(VersionRow row) {
        String filename = DatasetName.of(row.taskType);
        String rebuild = "/api/dataset/" + filename + "/rebuild?version=" + row.version;
        return new Withdrawn(
                filename,
                row.version,
                row.taskType,
                row.jobId,
                row.format,
                row.examples,
                row.bytes,
                row.sha256,
                row.createdAt,
                true,
                new Reason(row.withdrawnAt, ERASURE, rebuild));
    }
}
