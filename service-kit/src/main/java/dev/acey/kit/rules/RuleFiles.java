package dev.acey.kit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Rule sets on disk, a file for each, and one that names the active set. Every file is written
 * aside and renamed, so that a crash leaves the old one or the new one. All of it blocks. What
 * cannot be read or written is logged, and the service goes on without.
 */
final class RuleFiles {

    static final int MOST_SETS = 100;

    private static final Logger LOG = Logger.getLogger(RuleFiles.class);
    private static final String ACTIVE = "active.json";
    private static final String SET = "set-";

    private final Path directory;
    private final ObjectMapper json;

    RuleFiles(Path directory, ObjectMapper json) {
        this.directory = directory;
        this.json = json;
    }

    /** The activation that was followed last. */
    Optional<Activation> active() {
        return read(directory.resolve(ACTIVE)).flatMap(this::activation);
    }

    void activate(Activation activation) {
        try {
            write(ACTIVE, json.writeValueAsBytes(activation));
        } catch (IOException e) {
            LOG.warnf("The active rule set is not kept on disk: %s", e);
        }
    }

    /** The text that was kept under this name; it may have been damaged since. */
    Optional<String> set(String hash) {
        return read(directory.resolve(nameOf(hash)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Keeps a set, and the active and the latest {@value #MOST_SETS} of all. */
    void keep(String hash, String canonical) {
        try {
            write(nameOf(hash), canonical.getBytes(StandardCharsets.UTF_8));
            deleteOldest();
        } catch (IOException e) {
            LOG.warnf("A rule set is not kept on disk: %s", e);
        }
    }

    private Optional<Activation> activation(byte[] bytes) {
        try {
            return Optional.of(json.readValue(bytes, Activation.class));
        } catch (IOException e) {
            LOG.warnf("The name of the active rule set on disk is left aside: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warnf("%s is left aside: %s", file, e);
            return Optional.empty();
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path aside = Files.createTempFile(directory, "new-", ".tmp");
        try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
            Files.move(aside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private void deleteOldest() throws IOException {
        Optional<String> active = active().map(Activation::hash).map(RuleFiles::nameOf);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> sets =
                    files.filter(f -> f.getFileName().toString().startsWith(SET))
                            .filter(f -> !active.equals(Optional.of(f.getFileName().toString())))
                            .sorted(Comparator.comparing(RuleFiles::age))
                            .toList();
            for (Path old : sets.subList(0, Math.max(0, sets.size() - MOST_SETS))) {
                Files.deleteIfExists(old);
            }
        }
    }

    /** One that another process deleted meanwhile is the oldest of all. */
    private static long age(Path file) {
        return file.toFile().lastModified();
    }

    private static String nameOf(String hash) {
        return SET + hash.substring(hash.indexOf(':') + 1) + ".json";
    }
}
