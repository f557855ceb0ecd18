package dev.acey.bench.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A second rollout-service beside that of a running system, on the same database. */
public final class Replica implements AutoCloseable {

    private static final int PORT = 8094 + AceySystem.PORT_OFFSET;
    private static final Path JAR =
            Path.of("rollout-service/target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;

    private Replica(Process process) {
        this.process = process;
    }

    /** Starts it and answers when it is ready. */
    public static Replica ofRolloutService(AceySystem system) {
        return ofRolloutService(system, Map.of());
    }

    /**
     * Starts it and answers when it is ready.
     *
     * @param environment set for it besides
     */
    public static Replica ofRolloutService(AceySystem system, Map<String, String> environment) {
        try {
            Path files = Files.createDirectories(system.data("second-rollout"));
            ProcessBuilder builder =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-jar",
                            JAR.toString());
            builder.environment().putAll(environment(system, files));
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true);
            builder.redirectOutput(files.resolve("out").toFile());
            Replica replica = new Replica(builder.start());
            replica.awaitReady();
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + PORT + path);
    }

    private static Map<String, String> environment(AceySystem system, Path files)
            throws IOException {
        Properties secrets = new Properties();
        try (InputStream in = Files.newInputStream(system.data("secrets"))) {
            secrets.load(in);
        }
        String database = "postgresql://127.0.0.1:%d/acey".formatted(system.postgresPort());
        return Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(PORT),
                "QUARKUS_DATASOURCE_REACTIVE_URL", database,
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + database,
                "QUARKUS_DATASOURCE_USERNAME", "acey_rollout_app",
                "QUARKUS_DATASOURCE_PASSWORD", secrets.getProperty("rollout.app"),
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false",
                "ACEY_SECRET", secrets.getProperty("shared"),
                "ACEY_DATA_DIR", files.toString(),
                "ACEY_LOG_URL", system.service("log", "").toString(),
                "ACEY_SIMULATION_URL", system.service("simulation", "").toString());
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitReady() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the second rollout-service is not ready");
            }
        }
    }

    private boolean isReady() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(at("/q/health/ready")).build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
