package dev.acey.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the log files bounded: one over 10 MB is copied aside and emptied, and three copies are
 * kept. Copied, because the process that writes it holds it open (to append), and outlives this
 * one.
 */
final class LogFiles {

    static final long LIMIT_BYTES = 10L << 20;
    private static final int COPIES = 3;

    private LogFiles() {}

    /** Rotates every log of the folder that has outgrown the limit. */
    static void rotate(Path folder, long limitBytes) {
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : logs) {
                if (Files.size(log) > limitBytes) {
                    rotate(log);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rotate(Path log) throws IOException {
        for (int copy = COPIES; copy > 1; copy--) {
            if (Files.exists(copy(log, copy - 1))) {
                Files.move(
                        copy(log, copy - 1), copy(log, copy), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(log, copy(log, 1), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private static Path copy(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }

    /** The last line that holds one of these words, to say in one line why something failed. */
    static Optional<String> lastLineWith(Path log, List<String> words) {
        try {
            if (Files.notExists(log)) {
                return Optional.empty();
            }
            String content = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            return content.lines()
                    .filter(line -> words.stream().anyMatch(line::contains))
                    .reduce((earlier, later) -> later)
                    .map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
