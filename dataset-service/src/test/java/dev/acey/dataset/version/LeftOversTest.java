package dev.acey.dataset.version;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@ServiceTest
class LeftOversTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @Inject LeftOvers leftOvers;
    @Inject VersionFiles files;
    FakeLogService logs;
    PostgresServer postgres;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    @Test
    void onlyWorkspacesOfJobsThatMayStillRunAreKept() throws Throwable {
        JsonPath ended = prepare();
        UUID running = UUID.fromString("01a20488-d79b-760f-bcbf-01d28d5931ad");
        postgres.execute(
                "INSERT INTO dataset.job (id, kind, name, state, config) VALUES ('"
                        + running
                        + "', 'prepare', 'parked', 'waiting', '{}')");
        Path ofEnded = workspace(ended.getUUID("id"));
        Path ofNobody = workspace(UUID.randomUUID());
        Path ofRunning = workspace(running);

        sweep();

        assertTrue(Files.notExists(ofEnded));
        assertTrue(Files.notExists(ofNobody));
        assertTrue(Files.exists(ofRunning.resolve("deep/file")));
    }

    @Test
    void aDirectoryThatIsNoVersionIsRemovedOnceItIsOld() throws Throwable {
        JsonPath made = prepare();
        Path version = version("trust", "v%06d".formatted(made.getInt("datasets.trust.version")));
        Path orphan = version("trust", "v000900");
        Path young = version("trust", "v000901");
        Path ofNoDataset = version("nothing", "v000001");
        for (Path old : List.of(version, orphan, ofNoDataset)) {
            Files.createDirectories(old);
            Files.setLastModifiedTime(old, LONG_AGO);
        }
        Files.createDirectories(young);

        sweep();

        assertTrue(Files.exists(version));
        assertTrue(Files.exists(young));
        assertTrue(Files.notExists(orphan));
        assertTrue(Files.notExists(ofNoDataset));
    }

    private JsonPath prepare() {
        logs.holds(List.of(Entries.good(1).put("taskType", "trust")));
        return given().contentType("application/json")
                .body("{\"taskTypes\":[\"trust\"]}")
                .post("/api/dataset/prepare")
                .jsonPath();
    }

    private Path workspace(UUID job) throws IOException {
        Path workspace = files.workspace(job);
        Files.createDirectory(workspace.resolve("deep"));
        Files.writeString(workspace.resolve("deep/file"), "x");
        return workspace;
    }

    private Path version(String taskType, String version) {
        return data.resolve("datasets").resolve(taskType + "-dataset").resolve(version);
    }

    private void sweep() throws Throwable {
        VertxContextSupport.subscribeAndAwait(leftOvers::sweep);
    }
}
