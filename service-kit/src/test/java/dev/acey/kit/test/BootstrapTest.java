package dev.acey.kit.test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws SQLException {
        postgres = new PostgresServer();
        postgres.bootstrap("one");
        postgres.bootstrap("two");
        as(
                "acey_one_owner",
                "CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, x text);"
                        + " CREATE SEQUENCE numbers;"
                        + " CREATE FUNCTION answer() RETURNS int LANGUAGE sql RETURN 42");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void theServerOfTestsIsDurable(String setting) {
        assertEquals("on", postgres.query("SHOW " + setting));
    }

    @Test
    void theApplicationWorksWithWhatTheOwnerMade() {
        assertDoesNotThrow(
                () ->
                        as(
                                "acey_one_app",
                                "INSERT INTO thing (x) VALUES ('a'); UPDATE thing SET x = 'b';"
                                        + " SELECT * FROM thing; SELECT nextval('numbers');"
                                        + " SELECT answer(); DELETE FROM thing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE thing",
                "DROP TABLE thing",
                "ALTER TABLE thing ADD COLUMN y text",
                "CREATE TABLE mine (x text)",
                "CREATE TABLE public.mine (x text)",
                "SELECT setval('numbers', 1)",
                "CREATE ROLE mine"
            })
    void theApplicationChangesNoDefinition(String forbidden) {
        assertDenied("acey_one_app", forbidden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acey_two_app", "acey_two_owner"})
    void oneServiceSeesNothingOfAnother(String role) {
        assertDenied(role, "SELECT * FROM one.thing");
        assertDenied(role, "SELECT one.answer()");
        assertDenied(role, "CREATE TABLE public.mine (x text)");
    }

    @Test
    void againChangesNothingButThePasswords() {
        String before = privileges();

        postgres.bootstrap("one");

        assertEquals(before, privileges());
        assertEquals("0", postgres.query("SELECT count(*) FROM one.thing"));
    }

    @Test
    void servicesMayBootstrapAtTheSameTime() {
        List<CompletableFuture<Void>> all =
                Stream.of("p", "q", "r", "s")
                        .map(s -> CompletableFuture.runAsync(() -> postgres.bootstrap(s)))
                        .toList();

        all.forEach(one -> assertDoesNotThrow(() -> one.join()));
    }

    private static String privileges() {
        return postgres.query(
                "SELECT (SELECT string_agg(d::text, ' ' ORDER BY d.oid) FROM pg_default_acl d)"
                        + " || (SELECT string_agg(n.nspname || coalesce(n.nspacl::text, ''), ' '"
                        + " ORDER BY n.nspname) FROM pg_namespace n"
                        + " WHERE n.nspname IN ('one', 'public'))"
                        + " || (SELECT string_agg(c::text, ' ' ORDER BY setrole)"
                        + " FROM pg_db_role_setting c WHERE setrole = 'acey_one_app'::regrole)");
    }

    private static void assertDenied(String role, String sql) {
        SQLException e = assertThrows(SQLException.class, () -> as(role, sql));
        assertTrue(e.getSQLState().equals("42501"), e::toString);
    }

    private static void as(String role, String sql) throws SQLException {
        String password =
                role.endsWith("_owner")
                        ? PostgresServer.OWNER_PASSWORD
                        : PostgresServer.APP_PASSWORD;
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), role, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
