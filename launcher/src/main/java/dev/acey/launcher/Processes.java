package dev.acey.launcher;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** What the launcher asks of the operating system about processes that are not its children. */
final class Processes {

    private static final Duration POLL = Duration.ofMillis(50);

    private Processes() {}

    /**
     * Whether the process runs with this argument. A zombie, which some containers never reap, has
     * no arguments any more and counts as gone.
     */
    static boolean runsWith(ProcessHandle process, String argument) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(argument))
                .orElse(false);
    }

    /** Waits for a condition; answers whether it came true in time. */
    static boolean await(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for a process", e);
            }
        }
        return true;
    }
}
