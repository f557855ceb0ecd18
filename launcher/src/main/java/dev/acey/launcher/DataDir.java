package dev.acey.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that keeps everything that outlives a run. What this class creates in it is readable by
 * its owner alone.
 */
record DataDir(Path path) {

    /**
     * Creates the folder where it is missing.
     *
     * @throws LauncherException where it cannot be created or written to
     */
    static DataDir open(Path path) {
        try {
            Path real = createPrivate(path).toRealPath();
            if (!Files.isWritable(real)) {
                throw new LauncherException(
                        "%s belongs to %s and cannot be written to; choose another folder with --data DIR"
                                .formatted(real, Files.getOwner(real)));
            }
            return new DataDir(real);
        } catch (IOException e) {
            throw new LauncherException(
                    "The data folder %s cannot be used (%s); choose another one with --data DIR"
                            .formatted(path, e),
                    e);
        }
    }

    /** Held by the one launcher that runs on this folder. */
    Path lock() {
        return path.resolve("lock");
    }

    /** Says which launcher runs. */
    Path running() {
        return path.resolve("running");
    }

    Path secrets() {
        return path.resolve("secrets");
    }

    /** PostgreSQL's programs, unpacked. */
    Path binaries() {
        return path.resolve("binaries");
    }

    /** PostgreSQL's data. */
    Path postgres() {
        return path.resolve("postgres");
    }

    /** The files a service keeps. */
    Path files(Service service) throws IOException {
        return createPrivate(path.resolve(service.id()));
    }

    Path logs() throws IOException {
        return createPrivate(path.resolve("logs"));
    }

    Path log(String name) throws IOException {
        return logs().resolve(name + ".log");
    }

    private static Path createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
