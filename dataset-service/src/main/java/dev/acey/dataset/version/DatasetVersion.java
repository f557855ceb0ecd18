package dev.acey.dataset.version;

import dev.acey.kit.task.Format;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One published version of a task's dataset.
 *
 * @param id UUIDv7, in the order of publication
 * @param version counts from 1 for each task
 * @param jobId the preparation that made it
 * @param count of its main part's examples, at least 1
 * @param bytes of its file
 * @param sha256 of its file, 64 hexadecimal digits
 * @param parts of its split; only the main part, which is the dataset's file, without one
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
        List<DatasetPart> parts,
        Instant createdAt,
        Instant deletedAt) {

    /** The part of this name; empty where the version has none. */
    public Optional<DatasetPart> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    public String filename() {
        return DatasetName.of(taskType);
    }

    public String url() {
        return url(DatasetPart.MAIN);
    }

    /** Where a part of it is, as a client asks for it. */
    public String url(String part) {
        return DatasetName.url(taskType, version, part);
    }
}
