package dev.acey.log.archive;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.Calls;
import dev.acey.log.LogDatabase;
import dev.acey.log.retention.Retention;
import dev.acey.log.retention.Upkeep;
import dev.acey.log.store.Days;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class ArchiveTest {

    private static final int DAYS_AGO = 25;

    @Inject Upkeep upkeep;
    @Inject Retention retention;
    @Inject ArchiveSettings settings;
    @Inject Clock clock;
    PostgresServer postgres;

    private String task;
    private Instant start;

    @BeforeEach
    void begin() throws Throwable {
        task = newTask();
        start = clock.instant().minus(Duration.ofDays(DAYS_AGO)).truncatedTo(ChronoUnit.DAYS);
        asBefore();
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
    void aClosedDayStandsAsFilesWithTheirChecksums() throws Exception {
        String other = newTask();
        post(20, "x");
        postTo(other, 3, "x");
        archived();
        JsonNode manifest = manifest();
        for (JsonNode part : manifest.path("files")) {
            Path file = directory().resolve(part.path("name").asText());
            byte[] bytes = Files.readAllBytes(file);
            assertEquals(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    part.path("sha256").asText());
            assertEquals(bytes.length, part.path("bytes").asLong());
        }
        assertEquals(export("?taskType=" + task), lines(task));
        assertEquals(export("?taskType=" + other), lines(other));
        assertTrue(
                Files.list(directory()).noneMatch(file -> file.toString().endsWith(".tmp")),
                "nothing unfinished is left");
    }

    @Test
    void anExportReadsThroughIntoDaysThatAreDropped() {
        String other = newTask();
        post(30, "old");
        postTo(other, 30, "old");
        Instant later = start;
        start = start.plus(Duration.ofDays(5));
        post(10, "kept");
        start = later;
        String query = "?taskType=" + task + "," + other;
        List<JsonNode> before = export(query);
        assertEquals(70, before.size());
        dropped();
        assertEquals(before, export(query));
        assertEquals(
                before.subList(0, 7),
                export(query + "&to=" + JsonConventions.format(start.plusSeconds(4)))
                        .subList(0, 7));
        assertEquals(60, export(query + "&q=OLD").size());
        assertEquals(0, export(query + "&model=none").size());
        assertEquals(10, get("/api/logs?taskType=" + task).path("logs").size());
    }

    @Test
    void whatCameOrWasDecidedAfterTheFirstWritingIsInTheFilesOfADroppedDay() throws Exception {
        post(4, "x");
        archived();
        String id = export("?taskType=" + task).get(1).path("id").asText();
        decide(id, "{\"decision\":\"rejected\",\"reason\":\"late\"}").then().statusCode(200);
        start = start.plusSeconds(600);
        post(1, "late");
        start = start.minusSeconds(600);
        List<JsonNode> before = export("?taskType=" + task);
        dropped();
        assertEquals(before, export("?taskType=" + task));
        assertEquals(1, export("?decision=rejected&taskType=" + task).size());
        assertEquals(before, lines(task));
    }

    @Test
    void aPayloadPastItsRetentionIsInTheFilesAlone() throws Exception {
        post(3, "x");
        List<JsonNode> before = export("?taskType=" + task);
        retain("{'payloadRetentionDays':24}");
        await().untilAsserted(
                        () -> {
                            upkeep();
                            assertEquals("0", tables("payload"));
                        });
        JsonNode bare = get("/api/logs?taskType=" + task).path("logs").path(0);
        assertTrue(bare.path("llmPrompt").isNull());
        assertEquals(false, bare.path("autoRules").path("replayable").asBoolean(true));
        assertEquals(task, bare.path("taskType").asText());
        assertEquals(bare, get("/api/logs/" + bare.path("id").asText()));
        assertEquals(0, get("/internal/logs/page?taskType=" + task).path("logs").size());
        assertEquals(0, get("/internal/logs/sample?taskType=" + task).path("logs").size());
        dropped();
        assertEquals(before, export("?taskType=" + task));
    }

    @Test
    void aFileThatIsNotWhatItWasIsNotServed() throws Exception {
        post(3, "x");
        dropped();
        Path file = directory().resolve(task + ".jsonl.gz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        given().get("/api/logs/export?taskType=" + task).then().statusCode(503);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertEquals(3, export("?taskType=" + task).size());
    }

    @Test
    void anArchivedDayIsDeletedWhenItsTimeIsOver() {
        post(1, "x");
        dropped();
        assertTrue(Files.exists(directory()));
        retain("{'archiveRetentionDays':24}");
        await().untilAsserted(
                        () -> {
                            upkeep();
                            assertTrue(Files.notExists(directory()));
                        });
        assertEquals(0, export("?taskType=" + task).size());
    }

    @Test
    void anErasedEntryIsTakenOutOfTheFiles() throws Exception {
        post(3, "x");
        archived();
        String id = export("?taskType=" + task).get(1).path("id").asText();
        given().delete("/api/logs/" + id).then().statusCode(204);
        await().untilAsserted(
                        () -> {
                            upkeep();
                            assertEquals(2, lines(task).size());
                        });
        assertEquals(export("?taskType=" + task), lines(task));
    }

    @Test
    void aPersonIsTakenOutOfDaysThatAreDropped() throws Exception {
        String user = "person of " + task;
        post(2, "x");
        start = start.plusSeconds(100);
        post(2, "x', 'context':{'user':'" + user + "'}, 'personaMode':'calm");
        start = start.minusSeconds(100);
        dropped();
        assertEquals(4, export("?taskType=" + task).size());
        String id =
                given().header("Prefer", "respond-async")
                        .delete("/internal/subjects/{user}", user)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            upkeep();
                            JsonNode erasure = get("/internal/subjects/erasures/" + id);
                            assertEquals("completed", erasure.path("state").asText());
                            assertEquals(2, erasure.path("logs").asInt());
                        });
        assertEquals(2, export("?taskType=" + task).size());
        assertEquals(2, lines(task).size());
    }

    private void archived() {
        String before = at();
        await().untilAsserted(
                        () -> {
                            upkeep();
                            postgres.execute(
                                    "UPDATE log.archived_day SET asked = written + 1 WHERE day = '%s'"
                                            .formatted(Days.of(start)));
                            upkeep();
                            assertNotEquals(before, at());
                        });
    }

    private String at() {
        return postgres.query(
                "SELECT max(at)::text FROM log.archived_day WHERE day = '%s'"
                        .formatted(Days.of(start)));
    }

    private void dropped() {
        retain("{'logRetentionDays':24}");
        await().untilAsserted(
                        () -> {
                            upkeep();
                            assertEquals("0", tables("entry"));
                        });
    }

    private String tables(String table) {
        return postgres.query(
                "SELECT count(*) FROM pg_class WHERE relname = '%s_%s'"
                        .formatted(table, Days.of(start).toString().replace("-", "")));
    }

    private void upkeep() throws IOException {
        try {
            VertxContextSupport.subscribeAndAwait(() -> upkeep.round(clock.instant()));
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static void retain(String command) {
        given().contentType(ContentType.JSON)
                .body(entry(command))
                .put("/api/logs/retention")
                .then()
                .statusCode(200);
    }

    private void post(int count, String prompt) {
        postTo(task, count, prompt);
    }

    private void postTo(String to, int count, String prompt) {
        List<String> calls = new ArrayList<>();
        IntStream.range(0, count)
                .forEach(
                        i ->
                                calls.add(
                                        entry(
                                                "{'taskType':'%s','timestamp':'%s','llmOutput':'y','llmPrompt':'%s'}"
                                                        .formatted(
                                                                to,
                                                                JsonConventions.format(
                                                                        start.plusSeconds(i)),
                                                                prompt))));
        bulk("/api/logs", String.join("\n", calls)).then().body("accepted", equalTo(count));
    }

    private Path directory() {
        return settings.dir().resolve("dt=" + Days.of(start));
    }

    private JsonNode manifest() throws IOException {
        return Calls.json(Files.readString(directory().resolve("manifest.json")));
    }

    /** Read by somebody who knows nothing of us. */
    private List<JsonNode> lines(String of) throws IOException {
        Path file = directory().resolve(of + ".jsonl.gz");
        if (Files.notExists(file)) {
            return List.of();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Calls::json)
                    .toList();
        }
    }
}
