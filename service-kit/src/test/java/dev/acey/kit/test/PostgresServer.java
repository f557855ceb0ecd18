package dev.acey.kit.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An embedded PostgreSQL with the database {@code acey}, as durable as in production. A test that
 * stops it starts it again: others share it.
 */
public final class PostgresServer {

    public static final String DATABASE = "acey";
    public static final String OWNER_PASSWORD = "the-owner-of-tests";
    public static final String APP_PASSWORD = "the-application-of-tests";

    private static final String BOOTSTRAP = "/dev/acey/kit/db/bootstrap.sql";

    private final Path home =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "acey-test-postgres-" + System.getProperty("user.name"));
    private final Path data;
    private EmbeddedPostgres postgres;
    private int port;

    /** Starts a server with an empty database. */
    public PostgresServer() {
        try {
            Files.createDirectories(home);
            data = Files.createTempDirectory(home, "data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
        execute("postgres", "CREATE DATABASE " + DATABASE);
    }

    public int port() {
        return port;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Starts the server after {@link #stop}, on the same port with the same data. */
    public void start() {
        // The library keeps both its unpacked programs and what it cleans up below this.
        System.setProperty("ot.epg.working-dir", home.toString());
        try (FileChannel file =
                        FileChannel.open(
                                home.resolve("start.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!lock.isValid()) {
                throw new IllegalStateException("no lock on " + home);
            }
            removeInterruptedUnpacking();
            postgres =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setPort(port)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("max_connections", "100")
                            .start();
            port = postgres.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server; who is connected is cut off. The data stay. */
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its data. */
    public void close() {
        stop();
        deleteTree(data);
    }

    /** Runs the project's own bootstrap for a schema, as an operator does. */
    public void bootstrap(String schema) {
        execute(
                resource(BOOTSTRAP)
                        .replace("${schema}", schema)
                        .replace("${owner_password}", OWNER_PASSWORD)
                        .replace("${app_password}", APP_PASSWORD));
    }

    /** Runs SQL as superuser, who is bound by nothing; tables are named with their schema. */
    public void execute(String sql) {
        execute(DATABASE, sql);
    }

    /** The first column of the only row, as text; run as superuser. */
    public String query(String sql) {
        try (Connection connection = superuser(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void execute(String database, String sql) {
        try (Connection connection = superuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection superuser(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    /** Programs unpacked halfway by a killed run would be taken for whole ones. */
    private void removeInterruptedUnpacking() throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            entries.filter(p -> p.getFileName().toString().startsWith("PG-"))
                    .filter(p -> !Files.exists(p.resolve(".exists")))
                    .toList()
                    .forEach(PostgresServer::deleteTree);
        }
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : leavesFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) {
        try (InputStream in = PostgresServer.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
