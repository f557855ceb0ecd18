package dev.acey.launcher;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Stops what runs on a data folder: a launcher, which stops the rest, and what a killed one left.
 */
final class Down {

    /** More than a launcher needs where every part takes its longest. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(4);

    private Down() {}

    /**
     * Answers when nothing runs any more.
     *
     * @throws LauncherException where something cannot be stopped
     */
    static void stop(Path data, PrintStream out) {
        DataDir dir = DataDir.existing(data).orElse(null);
        if (dir == null || Files.notExists(dir.secrets())) {
            out.println("Acey Loop is not running on " + data);
            return;
        }
        boolean stopped = stopLauncher(dir);
        try (RunLock lock = RunLock.acquire(dir)) {
            stopped |= Orphans.stop(dir, Secrets.load(dir), out);
            Running.delete(dir);
        }
        out.println(
                (stopped
                                ? "Acey Loop is stopped; its data stays in "
                                : "Acey Loop is not running on ")
                        + dir.path());
    }

    private static boolean stopLauncher(DataDir dir) {
        if (!RunLock.isHeld(dir)) {
            return false;
        }
        Optional<ProcessHandle> launcher =
                Running.read(dir).map(Running::pid).flatMap(ProcessHandle::of);
        if (launcher.isEmpty()) {
            return false;
        }
        long pid = launcher.get().pid();
        if (!launcher.get().destroy()) {
            throw new LauncherException(
                    "The launcher (process %d) belongs to another user".formatted(pid));
        }
        if (!Processes.await(() -> !RunLock.isHeld(dir), STOP_LIMIT)) {
            throw new LauncherException(
                    "The launcher (process %d) has not stopped within %d minutes"
                            .formatted(pid, STOP_LIMIT.toMinutes()));
        }
        return true;
    }
}
