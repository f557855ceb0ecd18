package dev.acey.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a service is told, by environment variables: other users cannot read them. */
final class ServiceEnvironment {

    private ServiceEnvironment() {}

    static Map<String, String> of(
            Service service, Settings settings, Secrets secrets, Path files, boolean migrate) {
        String database = "postgresql://127.0.0.1:%d/acey".formatted(settings.postgresPort());
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port(service)));
        if (service == Service.GATEWAY) {
            environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
            environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(settings.managementPort()));
        }
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", Database.appRole(service));
        environment.put("QUARKUS_DATASOURCE_PASSWORD", secrets.app(service));
        environment.put("QUARKUS_FLYWAY_JDBC_URL", "jdbc:" + database);
        environment.put("QUARKUS_FLYWAY_USERNAME", Database.ownerRole(service));
        environment.put("QUARKUS_FLYWAY_PASSWORD", secrets.owner(service));
        environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", Boolean.toString(migrate));
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        environment.put("ACEY_SECRET", secrets.shared());
        environment.put("ACEY_DATA_DIR", files.toString());
        for (Service peer : Service.values()) {
            environment.put(
                    "ACEY_%s_URL".formatted(peer.id().toUpperCase(Locale.ROOT)),
                    "http://127.0.0.1:" + settings.port(peer));
        }
        return environment;
    }
}
