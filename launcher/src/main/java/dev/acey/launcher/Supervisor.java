package dev.acey.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps one part alive: starts it again, with back-off, whenever it has died. */
final class Supervisor {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Part part;
    private final PrintStream out;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile int deaths;

    Supervisor(Part part, PrintStream out) {
        this.part = part;
        this.out = out;
        this.thread = new Thread(this::watch, "supervisor of " + part.name());
        this.thread.setDaemon(true);
    }

    /**
     * Starts the part and watches it from now on.
     *
     * @throws LauncherException where the first start fails
     */
    void start() {
        part.start();
        thread.start();
    }

    /** How often the part has died since it was first started. */
    int deaths() {
        return deaths;
    }

    /** Stops watching, then the part. */
    void stop() {
        stopping.countDown();
        // A start that is under way ends first: what it starts must be stopped too.
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while stopping " + part.name(), e);
            }
        }
        part.stop();
    }

    private void watch() {
        long startedAt = System.nanoTime();
        while (!stoppingWithin(POLL)) {
            if (part.alive()) {
                continue;
            }
            deaths++;
            Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - startedAt));
            out.printf(
                    "%s has stopped; starting it again in %d s%n", part.name(), pause.toSeconds());
            if (stoppingWithin(pause)) {
                return;
            }
            startedAt = System.nanoTime();
            try {
                part.start();
            } catch (LauncherException e) {
                out.println(e.getMessage());
            }
        }
    }

    private boolean stoppingWithin(Duration time) {
        try {
            return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
