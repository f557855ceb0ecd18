package dev.acey.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir static Path folder;
    private static DataDir dir;
    private static Secrets secrets;

    private int port;
    private Postgres postgres;

    @BeforeAll
    static void prepareFolder() throws IOException {
        SharedBinaries.linkInto(folder);
        dir = DataDir.open(folder);
        secrets = Secrets.load(dir);
        // What an initdb leaves that was interrupted.
        Files.createDirectory(folder.resolve("postgres.new"));
        Files.writeString(folder.resolve("postgres.new/PG_VERSION"), "18");
    }

    @AfterAll
    static void unlink() throws IOException {
        SharedBinaries.unlinkFrom(folder);
    }

    @BeforeEach
    void start() {
        port = 15_432 + FreePorts.offset();
        postgres = new Postgres(dir, secrets, port);
        postgres.start();
    }

    @AfterEach
    void stop() {
        postgres.stop();
        assertFalse(postgres.alive());
    }

    @Test
    void whatIsAcknowledgedIsOnDisk() throws SQLException {
        assertEquals("on", show("fsync"));
        assertEquals("on", show("synchronous_commit"));
        assertEquals("on", show("full_page_writes"));
        assertEquals("on", show("data_checksums"));
        assertTrue(show("server_version").startsWith("18."));
    }

    @Test
    void itListensOnLoopbackAlone() throws SQLException {
        assertEquals("127.0.0.1", show("listen_addresses"));
        assertEquals("", show("unix_socket_directories"));
    }

    @Test
    void nobodyEntersWithoutThePassword() {
        SQLException refused =
                assertThrows(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(
                                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                                        "postgres",
                                        "wrong"));
        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void aSecondPreparationAndASecondStartKeepTheData() throws SQLException {
        Database.prepare(postgres, secrets);
        execute("CREATE TABLE log.kept AS SELECT 42 AS answer");
        Database.prepare(postgres, secrets);
        postgres.stop();
        postgres.start();
        assertEquals("42", query("SELECT answer FROM log.kept"));
        execute("DROP TABLE log.kept");
    }

    @Test
    void everyServiceHasASchemaAndEntersWithItsTwoRoles() throws SQLException {
        Database.prepare(postgres, secrets);
        for (Service service : Service.values()) {
            assertEquals(service.id(), schemaOf(Database.appRole(service), secrets.app(service)));
            assertEquals(
                    service.id(), schemaOf(Database.ownerRole(service), secrets.owner(service)));
        }
    }

    @Test
    void itStartsAgainAfterBeingKilled() throws SQLException {
        Database.prepare(postgres, secrets);
        execute("CREATE TABLE log.survivor AS SELECT 'kept' AS word");
        Postmaster killed = Postmaster.of(dir).orElseThrow();
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        await().until(() -> !postgres.alive());
        // Its children hold its memory until they have seen that it is gone.
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(LauncherException.class)
                .until(
                        () -> {
                            postgres.start();
                            return postgres.alive();
                        });
        assertEquals("kept", query("SELECT word FROM log.survivor"));
        execute("DROP TABLE log.survivor");
    }

    @Test
    void aProcessThatGotTheNumberOfADeadServerIsNotTakenForIt() throws IOException {
        postgres.stop();
        Path recorded = dir.postgres().resolve("postmaster.pid");
        long other = ProcessHandle.current().pid();
        Files.writeString(recorded, "%d\n%s\n0\n%d\n".formatted(other, dir.postgres(), port));
        assertTrue(Postmaster.of(dir).isEmpty());
        postgres.start();
        assertTrue(postgres.alive());
    }

    @Test
    void aFailingStartSaysWhyInOneLine() throws IOException {
        postgres.stop();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            String message = assertThrows(LauncherException.class, postgres::start).getMessage();
            assertTrue(message.startsWith("PostgreSQL did not start: "), message);
            assertTrue(message.contains("FATAL:"), message);
            assertEquals(1, message.lines().count());
            assertEquals(port, taken.getLocalPort());
        }
    }

    private String show(String setting) throws SQLException {
        return query("SHOW " + setting);
    }

    private String query(String sql) throws SQLException {
        String database = sql.startsWith("SHOW") ? "postgres" : Database.NAME;
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect(Database.NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String schemaOf(String role, String password) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Database.NAME),
                                role,
                                password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT current_schema()")) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }
}
