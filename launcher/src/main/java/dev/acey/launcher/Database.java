package dev.acey.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The one database, and in it a schema and two roles for each service. */
final class Database {

    static final String NAME = "acey";
    private static final String SCRIPT = "/dev/acey/kit/db/bootstrap.sql";

    private Database() {}

    /** The role that owns the service's schema and migrates it. */
    static String ownerRole(Service service) {
        return "acey_%s_owner".formatted(service.id());
    }

    /** The role the service works as. */
    static String appRole(Service service) {
        return "acey_%s_app".formatted(service.id());
    }

    /** Makes what is missing; everything that is there keeps its content. */
    static void prepare(Postgres postgres, Secrets secrets) {
        try {
            createDatabase(postgres);
            String script = script();
            try (Connection connection = postgres.connect(NAME);
                    Statement statement = connection.createStatement()) {
                for (Service service : Service.values()) {
                    statement.execute(
                            script.replace("${schema}", service.id())
                                    .replace("${owner_password}", secrets.owner(service))
                                    .replace("${app_password}", secrets.app(service)));
                }
            }
        } catch (SQLException e) {
            throw new LauncherException("The database could not be prepared: " + e.getMessage(), e);
        }
    }

    private static void createDatabase(Postgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(NAME))) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + NAME);
            }
        }
    }

    private static String script() {
        try (InputStream in = Database.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
