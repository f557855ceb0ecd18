package dev.acey.rollout.erasure;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.LogService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ErasureTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(40);

    PostgresServer database;
    LogService log;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    private final String secret = "secret-" + UUID.randomUUID();
    private final String user = "Ann/\"Ω\" %2F\\ " + secret;
    private final String channel = "channel-" + UUID.randomUUID();

    @BeforeEach
    void theRulesAreKnown() {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
    }

    @AfterEach
    void logServiceIsThere() {
        log.takesEverything();
    }

    @Test
    void whatWaitsInTheSpoolIsNeitherShippedNorLeftOnTheDisk() {
        log.refuses(secret);
        process(user);
        await().atMost(SOON).until(() -> onDisk("refused.ndjson"));
        log.answers(503);
        process(user);
        UUID other = process("somebody else");

        assertTrue(step(null).getString("cursor").length() > 0);
        log.takesEverything();
        erase();

        assertFalse(onDisk(""));
        await().atMost(SOON).until(() -> log.received(other).size() == 1);
        assertTrue(log.received().stream().noneMatch(e -> e.toString().contains(secret)));
    }

    @Test
    void theChannelsForgetThePersonAndNobodyElse() {
        ObjectNode state = JSON.createObjectNode();
        state.putObject("persona").put("mode", "hype");
        state.putObject("trust").putObject(user).put("score", 0.7);
        state.withObject("/trust").putObject("Ben").put("score", 0.6);
        String at = "2026-01-15T04:05:06.123Z";
        state.putArray("memories")
                .addObject()
                .put("at", at)
                .put("text", "I met " + user.toUpperCase(Locale.ROOT) + "!");
        state.withArray("memories").addObject().put("at", at).put("text", "Ben was there");
        put("/api/channels/" + channel + "/state", state.toString()).statusCode(200);

        assertEquals(1, erase());
        assertEquals(0, erase());

        get("/api/channels/" + channel + "/state")
                .body("trust", is(Map.of("Ben", trust(0.6f))))
                .body("memories", hasSize(1))
                .body("memories[0].text", is("Ben was there"))
                .body("persona.mode", is("hype"));
        noTableNames();
    }

    @Test
    void anOverrideThatNamesThePersonGoes() {
        String task = "task-" + UUID.randomUUID();
        register("erasure-model");
        ObjectNode settings = JSON.createObjectNode().put("baseline", "erasure-model");
        settings.putObject("overrides").put(user, "erasure-model").put("Ben", "erasure-model");
        put("/api/tasks/" + task, settings.toString()).statusCode(200);

        assertEquals(1, erase());

        given().get("/api/tasks?limit=1000")
                .then()
                .body(
                        "tasks.find { it.taskType == '" + task + "' }.overrides",
                        is(Map.of("Ben", "erasure-model")));
        noTableNames();
    }

    @Test
    void everyReplicaForgetsTheAnswersItKeeps() {
        String version = "SELECT version FROM rollout.revision WHERE topic = 'response_cache'";
        long before = Long.parseLong(database.query(version));
        step(null);
        assertEquals(before + 1, Long.parseLong(database.query(version)));
    }

    @Test
    void aSpoolThatIsAwayIsNamedAndNotWaitedFor() {
        database.execute(
                "INSERT INTO rollout.spool VALUES ('"
                        + UUID.randomUUID()
                        + "', 0, now() - interval '1 hour')");
        try {
            String cursor = null;
            JsonPath step;
            do {
                step = step(cursor);
                cursor = step.getString("cursor");
            } while (cursor != null);
            assertEquals(1, step.getInt("away"));
        } finally {
            database.execute("DELETE FROM rollout.spool WHERE erased_version = 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "eA", "MSB4"})
    void aCursorOfSomewhereElseIsRefused(String cursor) {
        given().delete("/internal/subjects/ann?cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/cursor"));
    }

    private UUID process(String who) {
        ObjectNode body = JSON.createObjectNode().put("taskType", "game");
        body.putObject("context").put("channel", channel).put("user", who);
        body.putObject("aceyOutput").put("speech", "Hi " + who).putArray("intents");
        return given().contentType("application/json")
                .body(body.toString())
                .post("/api/process")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getUUID("logId");
    }

    private int erase() {
        int erased = 0;
        String cursor = null;
        do {
            JsonPath step = step(cursor);
            erased += step.getInt("erased");
            cursor = step.getString("cursor");
        } while (cursor != null);
        return erased;
    }

    private JsonPath step(String cursor) {
        var request = given();
        if (cursor != null) {
            request.queryParam("cursor", cursor);
        }
        return request.delete("/internal/subjects/{user}", user)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Whether any of the spool's files with such a name holds what only this person said. */
    private boolean onDisk(String name) {
        try (Stream<Path> files = Files.walk(data.resolve("spool"))) {
            return files.filter(file -> file.toString().contains(name)).anyMatch(this::holds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean holds(Path file) {
        try {
            return Files.isRegularFile(file)
                    && new String(Files.readAllBytes(file), UTF_8).contains(secret);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noTableNames() {
        String hex = HexFormat.of().formatHex(secret.getBytes(UTF_8));
        for (String table : List.of("channel", "task", "audit", "erasure", "spool", "event")) {
            String all =
                    database.query(
                            "SELECT coalesce(string_agg(t::text, ''), '') FROM rollout."
                                    + table
                                    + " t");
            assertFalse(all.contains(secret) || all.contains(hex), table);
        }
    }

    private static Map<String, Object> trust(float score) {
        return Map.of("score", score, "deltas", List.of());
    }
}
