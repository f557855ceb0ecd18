package dev.acey.bench.live;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway that takes the stub, or another gateway, for rollout-service: a hop and no more. */
final class PlainGateway implements AutoCloseable {

    private final int port;
    private final Program program;

    PlainGateway(int port, URI rollout, Path folder) {
        this.port = port;
        String nowhere = "postgresql://127.0.0.1:9/acey";
        this.program =
                new Program(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-jar",
                                "gateway/target/quarkus-app/quarkus-run.jar"),
                        Map.of(
                                "QUARKUS_HTTP_PORT",
                                Integer.toString(port),
                                "QUARKUS_MANAGEMENT_PORT",
                                Integer.toString(port + 50),
                                "QUARKUS_DATASOURCE_REACTIVE_URL",
                                nowhere,
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                "jdbc:" + nowhere,
                                "QUARKUS_FLYWAY_ACTIVE",
                                "false",
                                "ACEY_SECRET",
                                "a-secret-that-nothing-here-depends-on-0123456789",
                                "ACEY_DATA_DIR",
                                folder.resolve("gateway-" + port).toString(),
                                "ACEY_ROLLOUT_URL",
                                "http://127.0.0.1:" + rollout.getPort()),
                        port,
                        folder.resolve("gateway-" + port + ".out"));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    List<ProcessHandle> processes() {
        return program.processes();
    }

    @Override
    public void close() {
        program.close();
    }
}
