package dev.acey.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's programs, unpacked once for all the tests that do not test the unpacking. */
final class SharedBinaries {

    private SharedBinaries() {}

    static void linkInto(Path data) throws IOException {
        Path shared = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
        Files.createSymbolicLink(DataDir.open(data).binaries(), shared);
    }

    static void unlinkFrom(Path data) throws IOException {
        Files.delete(data.resolve("binaries"));
    }
}
