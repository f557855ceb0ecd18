package dev.acey.launcher;

import java.net.URI;
import java.nio.file.Path;

/**
 * What to run and where.
 *
 * @param root the repository, whose services have been built
 * @param data the folder that keeps everything that outlives a run
 * @param portOffset added to every port, 0 to 50,000, so that a second system runs beside the first
 */
record Settings(Path root, Path data, int portOffset) {

    static final int MAX_PORT_OFFSET = 50_000;
    private static final int MANAGEMENT_PORT = 3001;
    private static final int POSTGRES_PORT = 15432;
    private static final int STUB_PORT = 8090;

    Settings {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        if (portOffset < 0 || portOffset > MAX_PORT_OFFSET) {
            throw new LauncherException(
                    "--port-offset is %d, it must be from 0 to %d"
                            .formatted(portOffset, MAX_PORT_OFFSET));
        }
    }

    int port(Service service) {
        return service.defaultPort() + portOffset;
    }

    /** Where the gateway answers health checks and Prometheus. */
    int managementPort() {
        return MANAGEMENT_PORT + portOffset;
    }

    int postgresPort() {
        return POSTGRES_PORT + portOffset;
    }

    /** Where the stub model answers, in a demo. */
    int stubPort() {
        return STUB_PORT + portOffset;
    }

    /** The service's base address, for people and for its peers. */
    URI url(Service service) {
        return URI.create("http://localhost:" + port(service));
    }

    /** Answers 200 once the service can take work. */
    URI readiness(Service service) {
        return service == Service.GATEWAY
                ? URI.create("http://127.0.0.1:%d/health/ready".formatted(managementPort()))
                : URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port(service)));
    }

    /** Answers 200 once the gateway reaches every part. */
    URI wholeHealth() {
        return URI.create("http://127.0.0.1:%d/health".formatted(port(Service.GATEWAY)));
    }
}
