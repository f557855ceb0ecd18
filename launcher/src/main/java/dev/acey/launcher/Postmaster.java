package dev.acey.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The process of a running PostgreSQL, found by the file it leaves in its data folder and believed
 * only if it runs on that folder: a process id that was given to another program is not ours.
 */
final class Postmaster {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final ProcessHandle process;
    private final String data;

    private Postmaster(ProcessHandle process, String data) {
        this.process = process;
        this.data = data;
    }

    /** The server that runs on the data folder, whoever started it. */
    static Optional<Postmaster> of(DataDir dir) {
        String data = dir.postgres().toString();
        return recordedPid(dir)
                .flatMap(ProcessHandle::of)
                .filter(process -> Processes.runsWith(process, data))
                .map(process -> new Postmaster(process, data));
    }

    /**
     * Removes the file of a server that is gone. PostgreSQL does so itself, except where the number
     * of its process now belongs to another of the same user's: then it would never start again.
     */
    static void forgetStale(DataDir dir) throws IOException {
        if (of(dir).isEmpty()) {
            Files.deleteIfExists(pidFile(dir));
        }
    }

    private static Optional<Long> recordedPid(DataDir dir) {
        try {
            List<String> lines = Files.readAllLines(pidFile(dir));
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(0).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pidFile(DataDir dir) {
        return dir.postgres().resolve("postmaster.pid");
    }

    long pid() {
        return process.pid();
    }

    /** Disconnects everybody and writes out everything; at once where that takes too long. */
    void stop() {
        signal("INT");
        if (!gone()) {
            signal("QUIT");
            if (!gone()) {
                throw new LauncherException(
                        "PostgreSQL (process %d) cannot be stopped".formatted(pid()));
            }
        }
    }

    private boolean gone() {
        return Processes.await(() -> !Processes.runsWith(process, data), STOP_LIMIT);
    }

    private void signal(String name) {
        try {
            // Java knows TERM and KILL alone; TERM would wait for every client to leave.
            new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping PostgreSQL", e);
        }
    }
}
