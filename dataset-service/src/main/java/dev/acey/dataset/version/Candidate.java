package dev.acey.dataset.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.task.Format;
import java.nio.file.Path;

/**
 * A dataset that is complete on disk and wants to be published.
 *
 * @param directory holds its files, synced; it becomes the version's directory
 * @param manifest what is known of it; its number and its predecessor are added when it is
 *     published
 */
public record Candidate(
        String taskType,
        Path directory,
        Format format,
        long count,
        long bytes,
        String sha256,
        ObjectNode manifest) {}
