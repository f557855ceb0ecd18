package dev.acey.launcher;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Shows what runs on a data folder. */
final class Status {

    /** Not every part is ready. */
    static final int DEGRADED = 1;

    static final int NOT_RUNNING = 3;

    private Status() {}

    /** Answers the exit code: 0 when every part is ready. */
    static int show(Path root, Path data, PrintStream out) {
        DataDir dir = DataDir.existing(data).orElse(null);
        if (dir == null || Files.notExists(dir.secrets())) {
            out.println("Acey Loop is not running on " + data);
            return NOT_RUNNING;
        }
        Secrets secrets = Secrets.load(dir);
        Optional<Running> running =
                RunLock.isHeld(dir) ? Running.read(dir) : Optional.<Running>empty();
        if (running.isEmpty()) {
            out.println("Acey Loop is not running on " + dir.path());
            if (!Orphans.services(secrets).isEmpty() || Postmaster.of(dir).isPresent()) {
                out.println("A killed run has left processes; up and down stop them");
            }
            return NOT_RUNNING;
        }
        Settings settings = new Settings(root, dir.path(), running.get().portOffset());
        Overview overview = Overview.of(settings, dir, secrets);
        out.printf(
                "Acey Loop runs (launcher: process %d), its data is in %s%n%n%s",
                running.get().pid(), dir.path(), overview);
        return overview.allReady() ? 0 : DEGRADED;
    }
}
