package dev.acey.dataset.version;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The directory of datasets, which replicas share: {@code
 * <acey.data.dir>/datasets/game-dataset/v000001/} holds the examples, a line of origin for each,
 * and the manifest. A version's directory appears whole or not at all and never changes. What is
 * being made lies below {@code .tmp}, by the job that makes it.
 *
 * <p>Everything here blocks.
 */
@ApplicationScoped
@Blocking
public class VersionFiles {

    public static final String MANIFEST = "manifest.json";

    /** The dataset card. */
    public static final String CARD = "README.md";

    private static final String TEMPORARY = ".tmp";
    private static final String ATTEMPT = "_";

    private final Path root;

    VersionFiles(@ConfigProperty(name = "acey.data.dir") Path data) {
        this.root = data.resolve("datasets");
    }

    /** A new directory for one attempt of a job, on the disk of the versions. */
    public Path workspace(UUID job) throws IOException {
        Path all = root.resolve(TEMPORARY);
        Files.createDirectories(all);
        return Files.createTempDirectory(all, job + ATTEMPT);
    }

    /** Where a file of a version lies. */
    public Path file(DatasetVersion version, String name) {
        return directory(version.taskType(), version.version()).resolve(name);
    }

    /**
     * Makes a finished directory the version of this number, durably. What lies there already is
     * left from an attempt that died before it could be recorded: the same, and then taken for this
     * one, or not.
     *
     * @return whether the number now stands for these files
     */
    boolean place(Path finished, String taskType, int version, byte[] manifest, byte[] card)
            throws IOException {
        write(finished.resolve(MANIFEST), manifest);
        write(finished.resolve(CARD), card);
        sync(finished);
        Path target = directory(taskType, version);
        Files.createDirectories(target.getParent());
        try {
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(target)) {
                throw e;
            }
            if (!holds(target.resolve(MANIFEST), manifest)) {
                return false;
            }
        }
        sync(target.getParent());
        sync(root);
        return true;
    }

    /** All workspaces there are. */
    List<Path> workspaces() throws IOException {
        return children(root.resolve(TEMPORARY));
    }

    /** Whose workspace this is. */
    static UUID jobOf(Path workspace) {
        return UUID.fromString(workspace.getFileName().toString().split(ATTEMPT, 2)[0]);
    }

    /** The tasks that have a directory. */
    List<String> taskTypes() throws IOException {
        return children(root).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(TEMPORARY))
                .map(name -> DatasetName.taskOf(name + ".jsonl"))
                .toList();
    }

    /** The versions of a task that have a directory nobody touched since then. */
    List<Integer> versionsUntouchedSince(String taskType, Instant then) throws IOException {
        List<Integer> versions = new ArrayList<>();
        for (Path path : children(root.resolve(DatasetName.stem(taskType)))) {
            if (Files.getLastModifiedTime(path).toInstant().isBefore(then)) {
                versions.add(Integer.valueOf(path.getFileName().toString().substring(1)));
            }
        }
        return versions;
    }

    /** Removes a version's files; no error if they are gone. */
    void remove(String taskType, int version) throws IOException {
        delete(directory(taskType, version));
    }

    /** Removes a directory with all that is in it; no error if it is gone. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : leavesFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        }
    }

    private Path directory(String taskType, int version) {
        return root.resolve(DatasetName.stem(taskType)).resolve("v%06d".formatted(version));
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        sync(file);
    }

    /** Forces a file, or the names in a directory, to the disk. */
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
