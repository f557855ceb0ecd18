package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * One task's dataset, complete on the disk.
 *
 * @param directory with its files, synced
 * @param read entries of the task
 * @param count of examples
 * @param bytes of the examples' file
 * @param sha256 of the examples' file
 * @param facts what the manifest says of the source, the drops and the examples besides
 */
public record FinishedTask(
        TaskPlan plan,
        Path directory,
        long read,
        long count,
        long bytes,
        String sha256,
        Dropped dropped,
        ObjectNode facts) {}
