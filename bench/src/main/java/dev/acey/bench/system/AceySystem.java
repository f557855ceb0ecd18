package dev.acey.bench.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./acey up} on a throw-away data folder. Run from the repository's root. The launcher
 * starts again whatever is killed; {@link #close} stops everything and deletes the folder.
 */
public final class AceySystem implements AutoCloseable {

    /** Away from where a person's own system listens. */
    public static final int PORT_OFFSET = Integer.getInteger("acey.bench.port-offset", 2000);

    private static final Duration START_LIMIT = Duration.ofMinutes(8);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final Process launcher;

    private AceySystem(Path data, Process launcher) {
        this.data = data;
        this.launcher = launcher;
    }

    /** Starts a system and answers when all of it is healthy. */
    public static AceySystem start() {
        return start(Map.of());
    }

    /**
     * Starts a system and answers when all of it is healthy.
     *
     * @param environment set for the launcher and with it for every service; {@code _JAVA_OPTIONS}
     *     changes how their JVMs run
     */
    public static AceySystem start(Map<String, String> environment) {
        return start(environment, List.of());
    }

    /** As {@link #start(Map)}, with the stub that plays models, at {@link #stub}. */
    public static AceySystem startWithStub(Map<String, String> environment) {
        return start(environment, List.of("--demo"));
    }

    private static AceySystem start(Map<String, String> environment, List<String> options) {
        try {
            Path data = Files.createTempDirectory("acey-bench");
            List<String> command = new ArrayList<>(List.of("./acey", "up", "--data"));
            command.addAll(List.of(data.toString(), "--port-offset", PORT_OFFSET + ""));
            command.addAll(options);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true);
            builder.redirectOutput(data.resolve("launcher.out").toFile());
            AceySystem system = new AceySystem(data, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(system::close));
            system.awaitHealthy();
            return system;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path at the gateway. */
    public URI gateway(String path) {
        return at(8080, path);
    }

    /** A path at one service itself: {@code log}, {@code dataset}, {@code simulation}, … */
    public URI service(String id, String path) {
        int port = 8081 + List.of("log", "dataset", "simulation", "rollout").indexOf(id);
        return at(port, path);
    }

    /** A path at the stub that plays models. */
    public URI stub(String path) {
        return at(8090, path);
    }

    /** A file the running system keeps. */
    public Path data(String name) {
        return data.resolve(name);
    }

    /** The service's process now; each start has a new one. */
    public ProcessHandle process(String id) {
        String jar = (id.equals("gateway") ? id : id + "-service") + "/target/quarkus-app";
        return launcher.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(jar))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(id + " does not run"));
    }

    /** Ends the service as a power cut would. */
    public void kill(String id) {
        launcher.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(id + "-service/target/"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends PostgreSQL and its workers as a power cut would; nothing where it does not run. */
    public void killPostgres() {
        postgres().forEach(ProcessHandle::destroyForcibly);
    }

    /** PostgreSQL's own process, then its workers; empty where it does not run. */
    public List<ProcessHandle> postgres() {
        try {
            long pid =
                    Long.parseLong(
                            Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0));
            return ProcessHandle.of(pid).stream()
                    .flatMap(
                            postmaster ->
                                    Stream.concat(Stream.of(postmaster), postmaster.children()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection to the database as superuser. */
    public Connection database() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", superuserPassword());
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/acey".formatted(postgresPort()), properties);
    }

    public int postgresPort() {
        return 15432 + PORT_OFFSET;
    }

    /** For PostgreSQL's own programs, as {@code PGPASSWORD}; the user is postgres. */
    public String superuserPassword() {
        try (InputStream in = Files.newInputStream(data.resolve("secrets"))) {
            Properties secrets = new Properties();
            secrets.load(in);
            return secrets.getProperty("postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until every part answers that it is up. */
    public void awaitHealthy() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!healthy()) {
            if (!launcher.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the system is not up: " + printed());
            }
            pause();
        }
    }

    private boolean healthy() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(gateway("/health"))
                                            .timeout(Duration.ofSeconds(10))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + (port + PORT_OFFSET) + path);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    private String printed() {
        try {
            return Files.readString(data.resolve("launcher.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            launcher.destroy();
            if (!launcher.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the launcher does not stop: " + printed());
            }
            if (Files.exists(data)) {
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path done, IOException failure)
                            throws IOException {
                        Files.delete(done);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
