package dev.acey.dataset.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.task.Format;
import java.nio.file.Path;
import java.util.List;

/**
 * A dataset that is complete on disk and wants to be published.
 *
 * @param directory holds its files, synced; it becomes the version's directory
 * @param parts at least the main one, which is first
 * @param manifest what is known of it; its number and its predecessor are added when it is
 *     published
 */
public record Candidate(
        String taskType,
        Path directory,
        Format format,
        List<DatasetPart> parts,
        ObjectNode manifest) {

    DatasetPart main() {
        return parts.get(0);
    }
}
