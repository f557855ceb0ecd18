package dev.acey.dataset.prepare;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.test.PostgresServer;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class InterruptionTest {

    private static final Duration SOON = Duration.ofSeconds(40);

    @Inject Jobs jobs;
    FakeLogService logs;
    PostgresServer postgres;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    @BeforeEach
    void fill() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            entries.add(Entries.good(i).put("taskType", "persona"));
        }
        logs.holds(entries);
    }

    @Test
    void aCancelledPreparationLeavesNothing() {
        logs.close();
        String id = start().path("id");
        await().atMost(SOON).until(() -> workspaces(id) == 1);

        jobs.cancel(UUID.fromString(id)).await().atMost(SOON);

        await().atMost(SOON).until(() -> state(id).equals("cancelled"));
        await().atMost(SOON).until(() -> workspaces(id) == 0);
        logs.open();
        assertEquals(
                "0",
                postgres.query(
                        "SELECT count(*) FROM dataset.dataset_version WHERE job_id = '"
                                + id
                                + "'"));
    }

    @Test
    void aPreparationWhoseWorkerWasLostIsDoneOnceAndAsUndisturbed() {
        String undisturbed = end(start().path("id")).getString("datasets.persona.sha256");
        logs.close();
        String id = start().path("id");
        await().atMost(SOON).until(() -> workspaces(id) == 1);

        // As if the worker had stopped renewing its lease.
        postgres.execute(
                "UPDATE dataset.job SET due_at = now(), lease_version = lease_version + 1000"
                        + " WHERE id = '"
                        + id
                        + "'");
        await().atMost(SOON)
                .until(
                        () ->
                                postgres.query(
                                                "SELECT attempts > 1 FROM dataset.job WHERE id = '"
                                                        + id
                                                        + "'")
                                        .equals("t"));
        logs.open();

        JsonPath ended = end(id);
        assertEquals("completed", ended.getString("state"));
        assertEquals(undisturbed, ended.getString("datasets.persona.sha256"));
        assertEquals(
                "1",
                postgres.query(
                        "SELECT count(*) FROM dataset.dataset_version WHERE job_id = '"
                                + id
                                + "'"));
        await().atMost(SOON).until(() -> workspaces(id) == 0);
    }

    @Test
    void withoutADatabaseNothingIsPromised() {
        postgres.stop();
        try {
            for (Response answer :
                    List.of(
                            post(),
                            given().get("/api/dataset/list"),
                            given().get("/api/dataset/persona-dataset.jsonl"),
                            given().delete("/api/dataset/persona-dataset.jsonl"),
                            given().get("/api/dataset/prepare/" + UUID.randomUUID()))) {
                answer.then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .header("Retry-After", notNullValue());
            }
        } finally {
            postgres.start();
        }

        await().atMost(SOON).until(() -> given().get("/api/dataset/list").statusCode() == 200);
        given().get("/q/health/ready").then().body("status", equalTo("UP"));
    }

    private static Response start() {
        return given().contentType("application/json")
                .header("Prefer", "respond-async")
                .body("{\"taskTypes\":[\"persona\"]}")
                .post("/api/dataset/prepare");
    }

    private static Response post() {
        return given().contentType("application/json")
                .body("{\"taskTypes\":[\"persona\"]}")
                .post("/api/dataset/prepare");
    }

    private static String state(String id) {
        return given().get("/api/dataset/prepare/" + id).path("state");
    }

    private static JsonPath end(String id) {
        await().atMost(SOON).until(() -> List.of("completed", "failed").contains(state(id)));
        return given().get("/api/dataset/prepare/" + id).jsonPath();
    }

    private long workspaces(String job) throws IOException {
        Path temporary = data.resolve("datasets/.tmp");
        if (Files.notExists(temporary)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith(job)).count();
        }
    }
}
