package dev.acey.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First starts that do not go well. */
class FirstStartTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir Path folder;
    private Path data;
    private Path repository;
    private LauncherProcess launchers;
    private String offset;

    @BeforeEach
    void layOut() throws IOException {
        data = folder.resolve("data");
        SharedBinaries.linkInto(data);
        repository = StandIn.repository(folder.resolve("repository"));
        launchers = new LauncherProcess(repository, folder);
        offset = Integer.toString(FreePorts.offset());
    }

    @AfterEach
    void down() throws Exception {
        launchers.run("down", "--data", data.toString());
        SharedBinaries.unlinkFrom(data);
    }

    @Test
    void aLauncherKilledWhileItCreatesTheDatabaseLeavesNothingInTheWay() throws Exception {
        Process killed = up(folder.resolve("killed.txt"));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(data.resolve("postgres.new/PG_VERSION")));
        killed.destroyForcibly().waitFor();
        assertFalse(Files.exists(data.resolve("postgres")));

        Path said = folder.resolve("up.txt");
        up(said);

        await().atMost(LONG).until(() -> Files.readString(said).contains("Ready after"));
        assertFalse(Files.exists(data.resolve("postgres.new")));
        assertFalse(Files.exists(data.resolve("postgres.password")));
    }

    @Test
    void aServiceThatCannotStartIsNamedWithItsReasonAndNothingIsLeftRunning() throws Exception {
        StandIn.writeJar(Service.LOG.jar(repository), Broken.class);
        Path said = folder.resolve("up.txt");

        assertEquals(1, up(said).waitFor());

        String last = Files.readAllLines(said).stream().reduce((a, b) -> b).orElseThrow();
        assertEquals(
                "acey: log does not start: ERROR The reason (more in %s)"
                        .formatted(data.toRealPath().resolve("logs/log.log")),
                last);
        DataDir dir = DataDir.open(data);
        assertTrue(Orphans.services(Secrets.load(dir)).isEmpty());
        assertTrue(Postmaster.of(dir).isEmpty());
    }

    /** A service that ends at once. */
    public static final class Broken {

        private Broken() {}

        public static void main(String[] arguments) {
            System.out.println("ERROR The reason");
            System.exit(1);
        }
    }

    private Process up(Path said) throws IOException {
        return launchers.start(said, "up", "--data", data.toString(), "--port-offset", offset);
    }
}
