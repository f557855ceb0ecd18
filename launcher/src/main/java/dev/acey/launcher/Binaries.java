package dev.acey.launcher;

import dev.acey.kit.digest.Sha256;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine. They are unpacked aside and then renamed, so that what is
 * found under its final name is whole, whatever interrupted an earlier run.
 */
final class Binaries {

    private Binaries() {}

    /**
     * Unpacks them unless that has been done.
     *
     * @return the folder holding {@code bin}, {@code lib} and {@code share}
     */
    static Path unpacked(Path binaries) throws IOException {
        Path unpacked = binaries.resolve("postgresql-" + fingerprint());
        if (Files.exists(unpacked)) {
            return unpacked;
        }
        Path aside = binaries.resolve("unpacking");
        delete(aside);
        Files.createDirectories(aside);
        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(
                        new XZInputStream(new BufferedInputStream(openArchive())))) {
            for (TarArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                unpack(archive, entry, aside);
            }
        }
        Files.move(aside, unpacked, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(binaries);
        return unpacked;
    }

    private static void unpack(InputStream archive, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("An entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(archive, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("Cannot be made executable: " + target);
            }
        }
    }

    /** Names the archive by its content, so that a newer PostgreSQL gets a folder of its own. */
    private static String fingerprint() throws IOException {
        try (InputStream in = openArchive()) {
            return Sha256.hex(in).substring(0, 16);
        }
    }

    private static InputStream openArchive() throws IOException {
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        } catch (IllegalStateException e) {
            throw new LauncherException(
                    "There are no PostgreSQL programs for %s on %s".formatted(system, machine), e);
        }
    }

    /** Deletes a folder and what is in it; a missing one is fine. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
