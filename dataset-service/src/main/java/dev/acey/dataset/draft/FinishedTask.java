package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.version.DatasetPart;
import java.nio.file.Path;
import java.util.List;

/**
 * One task's dataset, complete on the disk.
 *
 * @param directory with its files, synced
 * @param read entries of the task
 * @param parts at least the main one, which is first
 * @param facts what the manifest says of the source, the drops and the examples besides
 */
public record FinishedTask(
        TaskPlan plan,
        Path directory,
        long read,
        List<DatasetPart> parts,
        Dropped dropped,
        ObjectNode facts) {

    /** The part that the dataset's file is. */
    public DatasetPart main() {
        return parts.get(0);
    }

    /** Examples in all parts. */
    public long examples() {
        return parts.stream().mapToLong(DatasetPart::count).sum();
    }
}
