package dev.acey.launcher;

import java.nio.file.Path;
import java.util.Locale;

/** The five services, in the order they are stopped in: the front door first, the log last. */
enum Service {
    GATEWAY("gateway", 8080),
    ROLLOUT("rollout-service", 8084),
    SIMULATION("simulation-service", 8083),
    DATASET("dataset-service", 8082),
    LOG("log-service", 8081);

    private final String module;
    private final int defaultPort;

    Service(String module, int defaultPort) {
        this.module = module;
        this.defaultPort = defaultPort;
    }

    /** The short name: of its database schema, its files and its log. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder of its sources below the repository's root. */
    String module() {
        return module;
    }

    /** The port it listens on unless all ports are moved. */
    int defaultPort() {
        return defaultPort;
    }

    /** The jar that starts it, where Maven leaves it below the repository's root. */
    Path jar(Path root) {
        return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
