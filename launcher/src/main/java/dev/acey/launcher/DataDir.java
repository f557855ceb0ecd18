package dev.acey.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder that keeps everything that outlives a run. What this class creates in it is readable
 * by its owner alone.
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

    /**
     * Answers nothing where there is no such folder.
     *
     * @throws LauncherException where it belongs to somebody else
     */
    static Optional<DataDir> existing(Path path) {
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        return Optional.of(open(path));
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

    /** PostgreSQL's data while it is being made. */
    Path postgresAside() {
        return path.resolve("postgres.new");
    }

    /** The files a service keeps. */
    Path files(Service service) {
        return privateFolder(path.resolve(service.id()));
    }

    Path logs() {
        return privateFolder(path.resolve("logs"));
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    private static Path privateFolder(Path folder) {
        try {
            return createPrivate(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
