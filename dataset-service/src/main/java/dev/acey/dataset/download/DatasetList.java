package dev.acey.dataset.download;

import dev.acey.dataset.version.DatasetVersion;
import dev.acey.kit.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** Versions that can be had, newest first. */
@RegisterForReflection
public record DatasetList(List<Item> datasets, String nextCursor) {

    /** One version. */
    @RegisterForReflection
    public record Item(
            String filename,
            int version,
            String taskType,
            Format format,
            long count,
            long bytes,
            String sha256,
            Instant createdAt,
            String url) {

        static Item of(DatasetVersion version) {
            return new Item(
                    version.filename(),
                    version.version(),
                    version.taskType(),
                    version.format(),
                    version.count(),
                    version.bytes(),
                    version.sha256(),
                    version.createdAt(),
                    version.url());
        }
    }
}
