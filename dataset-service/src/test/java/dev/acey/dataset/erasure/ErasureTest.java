package dev.acey.dataset.erasure;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.FakeRolloutService;
import dev.acey.dataset.ServiceTest;
import dev.acey.dataset.train.FakeOpenAi;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
@WithTestResource(value = FakeRolloutService.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FakeOpenAi.class, scope = TestResourceScope.GLOBAL)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String TASK = "memory";
    private static final String FILE = "memory-dataset.jsonl";

    FakeLogService logs;
    FakeRolloutService others;
    FakeOpenAi openai;
    PostgresServer postgres;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    private final String secret = "secret-" + UUID.randomUUID();
    private final String user = "Ann/\"Ω\" %2F\\ " + secret;
    private final List<ObjectNode> entries = new ArrayList<>();

    @BeforeEach
    void aPersonAmongOthers() throws IOException {
        others.takesEverything();
        openai.comesTo("succeeded");
        Path keys = Files.createDirectories(data.resolve("keys"));
        Files.writeString(keys.resolve("openai"), "a-secret");
        for (int i = 0; i < 12; i++) {
            ObjectNode entry = Entries.good(i).put("taskType", TASK);
            entry.withObject("/context").put("user", i % 4 == 1 ? user : "somebody else");
            if (i % 4 == 1) {
                entry.put("llmPrompt", secret + i);
            }
            entries.add(entry);
        }
        logs.holds(entries);
    }

    @Test
    void aPersonIsGoneFromEveryVersionAndTheRestCanBeRebuilt() {
        int version = prepare(12);
        assertTrue(onDisk());

        JsonPath erasure = end(erase());

        assertEquals("completed", erasure.getString("state"));
        assertEquals(3, erasure.getInt("logs"));
        assertEquals(2, erasure.getInt("cases"));
        assertEquals(FILE, erasure.getString("datasets[0].filename"));
        assertTrue(erasure.getBoolean("datasets[0].stale"));
        assertFalse(onDisk());
        assertNowhereNamed();
        String path = "/api/dataset/" + FILE + "?version=" + version;
        given().get(path).then().statusCode(410).body("detail", containsString("rebuild"));
        String rebuild =
                given().get("/api/dataset/" + FILE + "/manifest?version=" + version)
                        .then()
                        .statusCode(200)
                        .body("stale", equalTo(true))
                        .body("withdrawn.reason", equalTo("erasure"))
                        .extract()
                        .path("withdrawn.rebuild");
        given().post(rebuild)
                .then()
                .statusCode(200)
                .body("datasets.memory.count", equalTo(9))
                .body("datasets.memory.version", equalTo(version + 1));
        given().post("/api/dataset/" + FILE + "/rebuild?version=" + (version + 1))
                .then()
                .statusCode(409);
        assertFalse(onDisk());
    }

    @Test
    void aVersionWithoutThePersonStays() {
        entries.removeIf(entry -> entry.at("/context/user").asText().equals(user));
        logs.holds(entries);
        int version = prepare(9);

        JsonPath erasure = end(erase());

        assertEquals(List.of(), erasure.getList("datasets"));
        given().get("/api/dataset/" + FILE + "?version=" + version).then().statusCode(200);
    }

    @Test
    void aModelThatLearnedFromThePersonIsFlagged() {
        int version = prepare(12);
        String training = train(version);
        await().atMost(SOON).until(() -> finetune(training).getString("endedAt") != null);
        String model = finetune(training).getString("model");
        assertNotNull(model);

        JsonPath erasure = end(erase());

        assertEquals(List.of(model), erasure.getList("models.model"));
        assertNotNull(finetune(training).getString("staleSince"));
        var told = others.putAt("/internal/models/" + model + "/lineage");
        assertTrue(told.get(0).path("staleSince").isNull());
        assertFalse(told.get(told.size() - 1).path("staleSince").isNull());
    }

    @Test
    void aTrainingOnThePersonIsCancelled() {
        openai.comesTo("running");
        String training = train(prepare(12));
        await().atMost(SOON).until(() -> finetune(training).getString("state").equals("running"));

        end(erase());

        await().atMost(SOON).until(() -> finetune(training).getString("state").equals("cancelled"));
        assertEquals(List.of(), openai.files());
    }

    @Test
    void whatAPreparationUnderWayPublishesIsWithdrawnToo() {
        logs.close();
        String preparation =
                given().contentType("application/json")
                        .header("Prefer", "respond-async")
                        .body("{\"taskTypes\":[\"memory\"]}")
                        .post("/api/dataset/prepare")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().atMost(SOON).until(this::isPreparing);
        String erasure = erase();
        await().atMost(SOON)
                .until(
                        () ->
                                postgres.query(
                                                "SELECT coalesce(checkpoint, '') LIKE '%passes\":[\"%' FROM"
                                                        + " dataset.job WHERE name = '"
                                                        + erasure
                                                        + "'")
                                        .equals("t"));
        logs.open();

        end(erasure);

        assertFalse(onDisk());
        given().get("/api/dataset/prepare/" + preparation)
                .then()
                .body("state", equalTo("completed"));
    }

    @Test
    void aServiceThatIsAwayIsWaitedForAndAnErasureIsNotBegunTwice() {
        others.answersDelete(503);
        String id = erase();
        await().atMost(SOON).until(() -> "rollout".equals(get(id).getString("waitingFor")));
        assertEquals(id, erase());
        others.takesEverything();

        assertEquals("completed", end(id).getString("state"));
        assertFalse(id.equals(erase()));
    }

    @Test
    void thePersonIsOnRecordAsAHashAlone() {
        String id = erase();
        end(id);

        assertEquals(
                "2",
                postgres.query(
                        "SELECT count(*) FROM dataset.audit WHERE subject LIKE 'user:%' AND detail"
                                + " LIKE '%"
                                + id
                                + "%'"));
        assertNowhereNamed();
    }

    @Test
    void whatIsNotThereOrTooLongSaysSo() {
        given().get("/api/subjects/erasures/x").then().statusCode(404);
        given().get("/api/subjects/erasures/" + UUID.randomUUID()).then().statusCode(404);
        given().delete("/api/subjects/" + "x".repeat(257))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/user"));
        given().delete("/api/subjects/").then().statusCode(404);
        given().post("/api/dataset/" + FILE + "/rebuild").then().statusCode(400);
    }

    private int prepare(int examples) {
        return given().contentType("application/json")
                .body("{\"taskTypes\":[\"memory\"]}")
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .body("datasets.memory.count", equalTo(examples))
                .extract()
                .path("datasets.memory.version");
    }

    private static String train(int version) {
        return given().contentType("application/json")
                .header("Prefer", "respond-async")
                .body(
                        "{\"dataset\":\"%s\",\"version\":%d,\"baseModel\":\"b\",\"provider\":\"openai\"}"
                                .formatted(FILE, version))
                .post("/api/finetune")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static JsonPath finetune(String id) {
        return given().get("/api/finetune/" + id).then().statusCode(200).extract().jsonPath();
    }

    private boolean isPreparing() {
        try (Stream<Path> all = Files.list(data.resolve("datasets/.tmp"))) {
            return all.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private String erase() {
        return given().header("Prefer", "respond-async")
                .delete("/api/subjects/{user}", user)
                .then()
                .statusCode(202)
                .header("Location", containsString("/api/subjects/erasures/"))
                .extract()
                .path("id");
    }

    private static JsonPath get(String id) {
        return given().get("/api/subjects/erasures/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath end(String id) {
        await().atMost(SOON).until(() -> get(id).getString("endedAt") != null);
        return get(id);
    }

    private boolean onDisk() {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).anyMatch(this::holds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean holds(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8).contains(secret);
        } catch (IOException e) {
            return false;
        }
    }

    private void assertNowhereNamed() {
        String hex = HexFormat.of().formatHex(secret.getBytes(UTF_8));
        for (String table :
                postgres.query(
                                "SELECT string_agg(tablename, ' ') FROM pg_tables"
                                        + " WHERE schemaname = 'dataset'")
                        .split(" ")) {
            String all =
                    postgres.query(
                            "SELECT coalesce(string_agg(t::text, ''), '') FROM dataset.\""
                                    + table
                                    + "\" t");
            assertFalse(all.contains(secret) || all.contains(hex), table);
        }
    }
}
