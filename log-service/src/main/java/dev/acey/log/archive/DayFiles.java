package dev.acey.log.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.digest.Sha256;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.archive.Manifest.Part;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory of the archive: {@code dt=2026-01-15/game.jsonl.gz}, one file a task, and {@code
 * manifest.json}. A file appears whole or not at all. All of this blocks.
 */
@Singleton
class DayFiles {

    private static final String MANIFEST = "manifest.json";
    private static final String UNFINISHED = ".tmp";

    private final Path root;
    private final ObjectMapper json;

    DayFiles(ArchiveSettings settings, ObjectMapper json) {
        this.root = settings.dir();
        this.json = json;
    }

    Path of(LocalDate day) {
        return root.resolve("dt=" + day);
    }

    /** Empty where the day was never archived, or not here. */
    Optional<Manifest> manifest(LocalDate day) {
        try {
            return Optional.of(
                    json.readValue(Files.readAllBytes(of(day).resolve(MANIFEST)), Manifest.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name for a file of this day that nobody reads yet. */
    Path unfinished(LocalDate day) {
        try {
            return Files.createDirectories(of(day)).resolve(UUID.randomUUID() + UNFINISHED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts finished files in their places, then the manifest, then removes what is no part of the
     * day any more.
     *
     * @param parts each with where it was written; forced to disk
     */
    void publish(Manifest manifest, List<Path> parts) {
        Path directory = of(manifest.day());
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < parts.size(); i++) {
                move(parts.get(i), directory.resolve(manifest.files().get(i).name()));
            }
            force(directory);
            Path written = unfinished(manifest.day());
            Files.write(written, json.writeValueAsBytes(manifest));
            force(written);
            move(written, directory.resolve(MANIFEST));
            removeAllBut(directory, manifest);
            force(directory);
            force(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 503 naming the file where what is on disk is not what its manifest says. */
    void verify(LocalDate day, Part part) {
        Path file = of(day).resolve(part.name());
        if (!part.sha256().equals(sha256(file))) {
            throw ProblemException.unavailable(
                    "The archive of "
                            + day
                            + " cannot be read: "
                            + part.name()
                            + " is missing, or its checksum is not the one in its manifest.");
        }
    }

    /** 503 for a day that should be here. */
    static ProblemException missing(LocalDate day) {
        return ProblemException.unavailable(
                "The archive of "
                        + day
                        + " is not in acey.log.archive.dir, which is to be one directory for all"
                        + " replicas.");
    }

    void delete(LocalDate day) {
        Path directory = of(day);
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Null where there is no such file. */
    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.hex(in);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeAllBut(Path directory, Manifest manifest) throws IOException {
        Set<String> kept = manifest.files().stream().map(Part::name).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals(MANIFEST) && !kept.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
