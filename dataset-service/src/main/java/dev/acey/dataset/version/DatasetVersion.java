package dev.acey.dataset.version;

import dev.acey.kit.task.Format;
import java.time.Instant;
import java.util.UUID;

/**
 * One published version of a task's dataset.
 *
 * @param id UUIDv7, in the order of publication
 * @param version counts from 1 for each task
 * @param jobId the preparation that made it
 * @param count of its examples, at least 1
 * @param bytes of its file
 * @param sha256 of its file, 64 hexadecimal digits
 * @param deletedAt when it was deleted; null while it can be had
 */
public record DatasetVersion(
        UUID id,
        String taskType,
        int version,
        UUID jobId,
        Format format,
        long count,
        long bytes,
        String sha256,
        Instant createdAt,
        Instant deletedAt) {

    public String filename() {
        return DatasetName.of(taskType);
    }

    public String url() {
        return DatasetName.url(taskType, version);
    }
}
