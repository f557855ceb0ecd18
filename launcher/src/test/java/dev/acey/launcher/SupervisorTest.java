package dev.acey.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    /** A real process, which lives until it is killed. */
    private static final class Sleeper implements Part {

        private final AtomicInteger starts = new AtomicInteger();
        private volatile Process process;

        @Override
        public String name() {
            return "sleeper";
        }

        @Override
        public void start() {
            try {
                if (starts.incrementAndGet() == 2) {
                    throw new LauncherException("The second start fails");
                }
                process = new ProcessBuilder("sleep", "1000").start();
            } catch (IOException e) {
                throw new LauncherException("No sleep here", e);
            }
        }

        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public void stop() {
            process.destroyForcibly().onExit().join();
        }
    }

    private final Sleeper sleeper = new Sleeper();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Supervisor supervisor = new Supervisor(sleeper, new PrintStream(out, true));

    @Test
    void whatDiesIsStartedAgainUntilItLives() {
        supervisor.start();
        try {
            Process first = sleeper.process;
            first.destroyForcibly();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> sleeper.process != first && sleeper.alive());
        } finally {
            supervisor.stop();
        }
        assertEquals(2, supervisor.deaths());
        assertEquals(
                """
                sleeper has stopped; starting it again in 1 s
                The second start fails
                sleeper has stopped; starting it again in 2 s
                """,
                out.toString(UTF_8));
    }

    @Test
    void whatIsStoppedStaysStopped() {
        supervisor.start();
        supervisor.stop();
        assertFalse(sleeper.alive());
        assertEquals(1, sleeper.starts.get());
        assertEquals(0, supervisor.deaths());
    }

    @Test
    void aFirstStartThatFailsIsNotTriedAgain() {
        sleeper.starts.set(1);
        assertThrows(LauncherException.class, supervisor::start);
        assertTrue(out.toString(UTF_8).isEmpty());
    }
}
