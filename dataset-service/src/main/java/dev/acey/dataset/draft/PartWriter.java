package dev.acey.dataset.draft;

import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetPart;
import java.io.IOException;
import java.nio.file.Path;

/** One part of a dataset: its examples, and where each comes from in the same line of another. */
final class PartWriter implements AutoCloseable {

    private final String name;
    private final DigestedFile examples;
    private final DigestedFile sources;
    private long count;

    /**
     * @param name of the part, as {@code train}
     */
    PartWriter(Path directory, String taskType, String name) throws IOException {
        this.name = name;
        examples = new DigestedFile(directory.resolve(DatasetName.file(taskType, name)));
        sources = new DigestedFile(directory.resolve(DatasetName.sources(name)));
    }

    void write(Candidate candidate) throws IOException {
        examples.write(candidate.line());
        sources.write(candidate.source());
        count++;
    }

    /** Forces all to the disk. */
    DatasetPart finish() throws IOException {
        String sha256 = examples.finish();
        return new DatasetPart(
                name, count, examples.bytes(), sha256, sources.bytes(), sources.finish());
    }

    @Override
    public void close() throws IOException {
        try (examples) {
            sources.close();
        }
    }
}
