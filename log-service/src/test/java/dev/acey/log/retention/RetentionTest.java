package dev.acey.log.retention;

import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import dev.acey.log.store.Days;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class RetentionTest {

    private static final String PATH = "/api/logs/retention";

    private static final String PENDING =
            "SELECT coalesce(bool_or(inhdetachpending), false) FROM pg_inherits";

    @Inject Upkeep upkeep;
    @Inject Retention retention;
    @Inject Days days;
    @Inject Clock clock;
    PostgresServer postgres;

    private String task;

    @BeforeEach
    void begin() {
        task = newTask();
    }

    /** Tests share one database. */
    @AfterEach
    void asBefore() throws Throwable {
        postgres.execute(
                "UPDATE log.retention SET log_days = NULL, payload_days = NULL,"
                        + " archive_days = NULL, dropped_before = '1970-01-01'");
        VertxContextSupport.subscribeAndAwait(retention::read);
    }

    @Test
    void whatIsConfiguredHoldsUntilItIsChanged() {
        assertEquals(366, get(PATH).path("logRetentionDays").asInt());
        assertEquals(366, get(PATH).path("payloadRetentionDays").asInt());
        assertEquals(365, get(PATH).path("archiveRetentionDays").asInt());
        change("{'logRetentionDays':60}")
                .then()
                .statusCode(200)
                .body("logRetentionDays", equalTo(60))
                .body("payloadRetentionDays", equalTo(60));
        change("{'payloadRetentionDays':7}").then().body("logRetentionDays", equalTo(60));
        assertEquals(7, get(PATH).path("payloadRetentionDays").asInt());
    }

    @Test
    void aChangeIsOnRecordWithWhoMadeIt() {
        change("{'logRetentionDays':29,'actor':'ada'}").then().statusCode(200);
        String detail =
                postgres.query(
                        "SELECT actor || detail FROM log.audit WHERE action = 'log.retention'"
                                + " ORDER BY seq DESC LIMIT 1");
        assertTrue(detail.startsWith("ada"), detail);
        assertTrue(detail.contains("\"logRetentionDays\":29"), detail);
        assertTrue(detail.contains("\"logRetentionDays\":366"), detail);
    }

    @ParameterizedTest
    @CsvSource({
        "{'logRetentionDays':0}, /logRetentionDays",
        "{'logRetentionDays':3651}, /logRetentionDays",
        "{'logRetentionDays':'x'}, /logRetentionDays",
        "{'payloadRetentionDays':-1}, /payloadRetentionDays",
        "'{''logRetentionDays'':5,''payloadRetentionDays'':6}', /payloadRetentionDays",
        "{'archiveRetentionDays':1.5}, /archiveRetentionDays",
        "{'retentionDays':5}, /retentionDays",
        "{'actor':''}, /actor",
    })
    void aChangeThatMakesNoSenseIsRefusedByName(String command, String pointer) {
        change(command).then().statusCode(400).body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void anEntryPastTheRetentionIsRefusedWithTheReason() {
        change("{'logRetentionDays':10}").then().statusCode(200);
        post(Duration.ofDays(9)).then().statusCode(201);
        post(Duration.ofDays(11))
                .then()
                .statusCode(422)
                .body("detail", containsString("kept for 10 days"));
    }

    @Test
    void aDayPastTheRetentionIsGoneAndItsDiskGivenBack() throws Throwable {
        post(Duration.ofDays(23)).then().statusCode(201);
        post(Duration.ofDays(21)).then().statusCode(201);
        change("{'logRetentionDays':22}").then().statusCode(200);
        isDroppedSoon(23);
        assertEquals("3", tables(21));
        String record =
                postgres.query(
                        "SELECT actor || ' ' || detail FROM log.audit WHERE action = 'log.drop'"
                                + " AND detail LIKE '%"
                                + part("entry", 23)
                                + "%'");
        assertTrue(record.startsWith("log-service {"), record);
        assertTrue(record.contains(part("payload", 23)), record);
        assertEquals(1, get("/api/logs?taskType=" + task).path("logs").size());
    }

    @Test
    void aDroppedDayStaysGoneWhenTheRetentionGrowsAgain() throws Throwable {
        post(Duration.ofDays(25)).then().statusCode(201);
        change("{'logRetentionDays':24}").then().statusCode(200);
        isDroppedSoon(25);
        change("{'logRetentionDays':60}").then().statusCode(200);
        post(Duration.ofDays(25)).then().statusCode(422).body("detail", containsString("are gone"));
        assertEquals("0", tables(25));
    }

    @Test
    void aLateEntryFindsItsPlaceAfterAnotherReplicaDroppedItsPartitions() throws Throwable {
        post(Duration.ofDays(26)).then().statusCode(201);
        // What this replica knows of the day is no longer so.
        owner(
                "ALTER TABLE payload DETACH PARTITION " + part("payload", 26),
                "DROP TABLE " + part("payload", 26));
        post(Duration.ofDays(26)).then().statusCode(201);
        assertEquals("3", tables(26));
    }

    @Test
    void whatACrashLeftBehindIsFinished() throws Throwable {
        post(Duration.ofDays(28)).then().statusCode(201);
        post(Duration.ofDays(29)).then().statusCode(201);
        // One day detached and not dropped, another in the middle of being detached after
        // one that is still to be detached from the same table.
        owner("ALTER TABLE entry DETACH PARTITION " + part("entry", 29));
        leavePending("payload", 28);
        change("{'logRetentionDays':27}").then().statusCode(200);
        isDroppedSoon(28);
        isDroppedSoon(29);
    }

    @Test
    void whoReadsAndWritesIsNotLockedOutWhileADayIsDropped() throws Throwable {
        post(Duration.ofDays(24)).then().statusCode(201);
        change("{'logRetentionDays':23}").then().statusCode(200);
        try (Connection reader = connect("app", PostgresServer.APP_PASSWORD);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM entry");
            await().untilAsserted(
                            () -> {
                                upkeep.soon();
                                assertEquals("t", postgres.query(PENDING));
                            });
            post(Duration.ofDays(1)).then().statusCode(201);
            assertEquals(1, get("/api/logs?taskType=" + task).path("logs").size());
            VertxContextSupport.subscribeAndAwait(
                    () -> days.ensure(Set.of(LocalDate.now(clock).minusDays(2))));
            reader.rollback();
        }
        isDroppedSoon(24);
    }

    private void upkeep() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> upkeep.round(clock.instant()));
    }

    private void isDroppedSoon(int daysAgo) {
        await().untilAsserted(
                        () -> {
                            upkeep();
                            assertEquals("0", tables(daysAgo));
                        });
    }

    private static Response change(String command) {
        return given().contentType(ContentType.JSON).body(entry(command)).put(PATH);
    }

    private Response post(Duration ago) {
        Instant time = clock.instant().minus(ago).plusSeconds(60);
        return log(
                entry(
                        "{'taskType':'%s','timestamp':'%s','llmPrompt':'x'}"
                                .formatted(task, JsonConventions.format(time))));
    }

    private String part(String table, int daysAgo) {
        return table
                + "_"
                + Days.of(clock.instant().minus(Duration.ofDays(daysAgo)).plusSeconds(60))
                        .format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String tables(int daysAgo) {
        return postgres.query(
                "SELECT count(*) FROM pg_class WHERE relname IN ('%s', '%s', '%s')"
                        .formatted(
                                part("entry", daysAgo),
                                part("payload", daysAgo),
                                part("word", daysAgo)));
    }

    /** As a process that dies between the two steps of detaching leaves it. */
    private void leavePending(String table, int daysAgo) throws SQLException {
        // A table has one such day at most: the upkeep may be at another.
        await().atMost(Duration.ofSeconds(60)).until(() -> pending(table).equals("0"));
        try (Connection reader = connect("app", PostgresServer.APP_PASSWORD);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM " + table);
            try {
                owner(
                        "SET statement_timeout = '1s'",
                        "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY"
                                .formatted(table, part(table, daysAgo)));
            } catch (SQLException timeout) {
                assertEquals("57014", timeout.getSQLState());
            }
            reader.rollback();
        }
        assertEquals(
                "t",
                postgres.query(
                        "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = 'log.%s'::regclass"
                                .formatted(part(table, daysAgo))));
    }

    private String pending(String table) {
        return postgres.query(
                "SELECT count(*) FROM pg_inherits WHERE inhdetachpending AND inhparent = 'log.%s'::regclass"
                        .formatted(table));
    }

    private void owner(String... statements) throws SQLException {
        try (Connection owner = connect("owner", PostgresServer.OWNER_PASSWORD);
                Statement statement = owner.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }

    private Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), "acey_log_" + role, password);
    }
}
