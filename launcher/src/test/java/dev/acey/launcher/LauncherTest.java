package dev.acey.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with real processes for the services and a real PostgreSQL. */
class LauncherTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir static Path folder;
    private static LauncherProcess launchers;
    private static Path data;
    private static int offset;
    private static Settings settings;
    private static Process launcher;
    private static Path output;

    @BeforeAll
    static void layOut() throws IOException {
        Path repository = StandIn.repository(folder.resolve("repository"));
        launchers = new LauncherProcess(repository, folder);
        data = folder.resolve("data");
        SharedBinaries.linkInto(data);
        offset = FreePorts.offset();
        settings = new Settings(repository, data, offset);
    }

    @BeforeEach
    void up() throws IOException {
        if (launcher == null || !launcher.isAlive()) {
            output = Files.createTempFile(folder, "up", ".txt");
            launcher =
                    launchers.start(
                            output, "up", "--data", data.toString(), "--port-offset", "" + offset);
        }
        await().atMost(LONG)
                .until(() -> Files.readString(output).contains("Ctrl-C stops everything"));
    }

    @AfterAll
    static void down() throws Exception {
        run("down", "--data", data.toString());
        launcher.destroyForcibly();
        SharedBinaries.unlinkFrom(data);
    }

    @Test
    void statusShowsEveryPartReady() throws Exception {
        LauncherProcess.Result status = run("status", "--data", data.toString());
        assertEquals(0, status.exitCode());
        assertTrue(status.output().contains("process " + launcher.pid()), status.output());
        for (Service service : Service.values()) {
            String row =
                    "(?s).* %s +http://localhost:%d( and :[0-9]+)? +%d +ready .*"
                            .formatted(
                                    service.id(), settings.port(service), process(service).pid());
            assertTrue(status.output().matches(row), status.output());
        }
        assertTrue(status.output().contains("localhost:" + settings.postgresPort() + "/acey"));
    }

    @Test
    void everyServiceIsToldItsRoleAndItsPeersButNoSecretIsOnACommandLine() throws Exception {
        Secrets secrets = Secrets.load(DataDir.open(data));
        for (Service service : Service.values()) {
            assertEquals("127.0.0.1", told(service, "QUARKUS_HTTP_HOST"));
            assertEquals(Database.appRole(service), told(service, "QUARKUS_DATASOURCE_USERNAME"));
            assertEquals(secrets.app(service), told(service, "QUARKUS_DATASOURCE_PASSWORD"));
            assertEquals(Database.ownerRole(service), told(service, "QUARKUS_FLYWAY_USERNAME"));
            assertEquals(secrets.owner(service), told(service, "QUARKUS_FLYWAY_PASSWORD"));
            assertEquals(secrets.shared(), told(service, "ACEY_SECRET"));
            assertEquals(
                    "http://127.0.0.1:" + settings.port(Service.LOG),
                    told(service, "ACEY_LOG_URL"));
            assertEquals(
                    data.toRealPath().resolve(service.id()).toString(),
                    told(service, "ACEY_DATA_DIR"));
            String commandLine =
                    String.join(" ", process(service).info().arguments().orElseThrow());
            assertFalse(commandLine.contains(secrets.app(service)));
            assertFalse(commandLine.contains(secrets.shared()));
        }
    }

    @Test
    void aKilledServiceIsStartedAgainWithoutMigrating() throws Exception {
        ProcessHandle killed = process(Service.DATASET);
        killed.destroyForcibly();
        await().atMost(LONG)
                .until(
                        () ->
                                ready(Service.DATASET)
                                        && process(Service.DATASET).pid() != killed.pid());
        assertEquals("false", told(Service.DATASET, "QUARKUS_FLYWAY_MIGRATE_AT_START"));
        assertTrue(
                Files.readString(output).contains("dataset has stopped; starting it again in 1 s"));
    }

    @Test
    void aKilledPostgresIsStartedAgain() {
        DataDir dir = DataDir.open(data);
        Postmaster killed = Postmaster.of(dir).orElseThrow();
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        Postgres postgres = new Postgres(dir, Secrets.load(dir), settings.postgresPort());
        await().atMost(LONG)
                .until(
                        () ->
                                Postmaster.of(dir).map(Postmaster::pid).orElse(killed.pid())
                                                != killed.pid()
                                        && Health.ready(postgres));
    }

    @Test
    void whatATerminalSendsToAllOnCtrlCLeavesTheServicesToTheLauncher() throws Exception {
        ProcessHandle service = process(Service.LOG);
        signal("INT", service.pid());
        signal("HUP", service.pid());
        // Not INT: whoever runs the tests may have it ignored, and a child inherits that.
        signal("TERM", launcher.pid());
        assertEquals(0, launcher.waitFor());
        String said = Files.readString(output);
        assertTrue(said.endsWith("Stopping\n"), said);
        assertFalse(said.contains("log has stopped"), said);
        assertTrue(nothingRuns());
        assertEquals(3, run("status", "--data", data.toString()).exitCode());
    }

    @Test
    void aSecondLauncherOnTheSameDataIsRefusedInOneLine() throws Exception {
        LauncherProcess.Result second =
                run("up", "--data", data.toString(), "--port-offset", "" + offset);
        assertEquals(1, second.exitCode());
        assertEquals(
                "acey: Another launcher (process %d) runs on %s; `./acey down` stops it\n"
                        .formatted(launcher.pid(), data.toRealPath()),
                second.output());
        assertTrue(launcher.isAlive());
    }

    @Test
    void whatAKilledLauncherLeavesIsStoppedByTheNextOne() throws Exception {
        Map<Service, ProcessHandle> orphans = killLauncher();
        long postgres = Postmaster.of(DataDir.open(data)).orElseThrow().pid();

        up();

        String said = Files.readString(output);
        assertTrue(said.contains("Stopped what a killed run had left: "), said);
        assertTrue(said.contains("postgres (" + postgres + ")"), said);
        // What was stopped stays in the list of processes until its new parent has noticed.
        await().until(() -> orphans.values().stream().noneMatch(ProcessHandle::isAlive));
        assertNotEquals(postgres, Postmaster.of(DataDir.open(data)).orElseThrow().pid());
    }

    @Test
    void downStopsWhatAKilledLauncherLeaves() throws Exception {
        killLauncher();
        LauncherProcess.Result status = run("status", "--data", data.toString());
        assertEquals(3, status.exitCode());
        assertTrue(status.output().contains("A killed run has left processes"), status.output());

        assertEquals(0, run("down", "--data", data.toString()).exitCode());
        assertTrue(nothingRuns());
    }

    @Test
    void downStopsARunningLauncherAndEverythingWithIt() throws Exception {
        LauncherProcess.Result down = run("down", "--data", data.toString());
        assertEquals(0, down.exitCode());
        assertEquals(
                "Acey Loop is stopped; its data stays in %s\n".formatted(data.toRealPath()),
                down.output());
        assertEquals(0, launcher.waitFor());
        assertTrue(nothingRuns());
        assertEquals(
                "Acey Loop is not running on %s\n".formatted(data.toRealPath()),
                run("down", "--data", data.toString()).output());
    }

    private static Map<Service, ProcessHandle> killLauncher() {
        Map<Service, ProcessHandle> services = services();
        launcher.destroyForcibly().onExit().join();
        assertEquals(Service.values().length, services.size());
        assertTrue(services.values().stream().allMatch(ProcessHandle::isAlive));
        return services;
    }

    private static Map<Service, ProcessHandle> services() {
        return Orphans.services(Secrets.load(DataDir.open(data)));
    }

    private static ProcessHandle process(Service service) {
        return services().get(service);
    }

    private static boolean nothingRuns() {
        return services().isEmpty() && Postmaster.of(DataDir.open(data)).isEmpty();
    }

    private static boolean ready(Service service) {
        return services().containsKey(service) && new Health().ready(settings.readiness(service));
    }

    private static String told(Service service, String variable) throws Exception {
        URI address = settings.url(service).resolve("/env/" + variable);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void signal(String name, long pid) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, pid))
                        .start()
                        .waitFor());
    }

    private static LauncherProcess.Result run(String... arguments) throws Exception {
        return launchers.run(arguments);
    }
}
