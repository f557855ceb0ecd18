package dev.acey.dataset.version;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One part of a version; a version that is not split has one, {@code train}.
 *
 * @param name train, validation or test
 * @param count of its examples
 * @param bytes of its file
 * @param sha256 of its file, 64 hexadecimal digits
 * @param sourceBytes of the file that says where each example comes from
 * @param sourceSha256 of that file
 */
@RegisterForReflection
public record DatasetPart(
        String name, long count, long bytes, String sha256, long sourceBytes, String sourceSha256) {

    /** The part a dataset's file is when none is named. */
    public static final String MAIN = "train";
}
