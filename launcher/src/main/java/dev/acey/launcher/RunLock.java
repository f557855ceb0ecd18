package dev.acey.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds a data folder for one launcher at a time; the death of the launcher frees it. The lock is
 * between processes: POSIX gives it up when the process that holds it asks about it once more.
 */
final class RunLock implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @throws LauncherException where another launcher holds it
     */
    static RunLock acquire(DataDir dir) {
        // Whoever asks isHeld() holds the file for an instant.
        AtomicReference<RunLock> lock = new AtomicReference<>();
        boolean acquired =
                Processes.await(
                        () -> {
                            tryAcquire(dir).ifPresent(lock::set);
                            return lock.get() != null;
                        },
                        PATIENCE);
        if (!acquired) {
            throw new LauncherException(
                    "Another launcher%s runs on %s; `./acey down` stops it"
                            .formatted(
                                    Running.read(dir)
                                            .map(
                                                    running ->
                                                            " (process %d)"
                                                                    .formatted(running.pid()))
                                            .orElse(""),
                                    dir.path()));
        }
        return lock.get();
    }

    private static Optional<RunLock> tryAcquire(DataDir dir) {
        try {
            FileChannel channel =
                    FileChannel.open(
                            dir.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel, false)) {
                return Optional.of(new RunLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody holds the folder; changes nothing in it. */
    static boolean isHeld(DataDir dir) {
        Path lock = dir.lock();
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ)) {
            return !locked(channel, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel, boolean shared) throws IOException {
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        return lock != null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
