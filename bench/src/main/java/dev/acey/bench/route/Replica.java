package dev.acey.bench.route;

import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A second process of rollout-service beside the one of a running system, on the same database. */
final class Replica implements AutoCloseable {

    private static final int PORT = 8094 + AceySystem.PORT_OFFSET;

    private final Process process;

    private Replica(Process process) {
        this.process = process;
    }

    /** It may not be ready yet when this returns. */
    static Replica start(AceySystem system) {
        String database = "postgresql://127.0.0.1:%d/acey".formatted(system.postgresPort());
        Path files = system.data("second-rollout");
        try {
            Properties secrets = secrets(system);
            ProcessBuilder builder =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-jar",
                            "rollout-service/target/quarkus-app/quarkus-run.jar");
            builder.environment()
                    .putAll(
                            Map.of(
                                    "QUARKUS_HTTP_PORT", Integer.toString(PORT),
                                    "QUARKUS_DATASOURCE_REACTIVE_URL", database,
                                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + database,
                                    "QUARKUS_DATASOURCE_USERNAME", "acey_rollout_app",
                                    "QUARKUS_DATASOURCE_PASSWORD",
                                            secrets.getProperty("rollout.app"),
                                    "ACEY_SECRET", secrets.getProperty("shared"),
                                    "ACEY_DATA_DIR", Files.createDirectories(files).toString(),
                                    "ACEY_LOG_URL", system.service("log", "").toString()));
            builder.redirectErrorStream(true);
            builder.redirectOutput(files.resolve("second.log").toFile());
            return new Replica(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + PORT);
    }

    private static Properties secrets(AceySystem system) throws IOException {
        try (InputStream in = Files.newInputStream(system.data("secrets"))) {
            Properties secrets = new Properties();
            secrets.load(in);
            return secrets;
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
