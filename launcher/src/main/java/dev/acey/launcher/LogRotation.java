package dev.acey.launcher;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks after the size of the logs while the system runs. */
final class LogRotation {

    private static final int SECONDS = 5;

    private final DataDir dir;
    private final PrintStream out;
    private final CountDownLatch stopping = new CountDownLatch(1);

    LogRotation(DataDir dir, PrintStream out) {
        this.dir = dir;
        this.out = out;
    }

    void start() {
        Thread thread = new Thread(this::run, "log rotation");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopping.countDown();
    }

    private void run() {
        try {
            while (!stopping.await(SECONDS, TimeUnit.SECONDS)) {
                rotate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rotate() {
        try {
            LogFiles.rotate(dir.logs(), LogFiles.LIMIT_BYTES);
        } catch (UncheckedIOException e) {
            out.println("The logs cannot be rotated: " + e.getCause());
        }
    }
}
