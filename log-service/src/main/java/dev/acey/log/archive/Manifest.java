package dev.acey.log.archive;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;

/**
 * What stands beside the files of a day.
 *
 * @param entries of all files
 */
@RegisterForReflection
public record Manifest(LocalDate day, long entries, List<Part> files) {

    /**
     * One file.
     *
     * @param name within the day's directory
     * @param bytes of the file as it is, compressed
     * @param sha256 of the same bytes, 64 hexadecimal digits
     */
    @RegisterForReflection
    public record Part(String name, String taskType, long entries, long bytes, String sha256) {}
}
