package dev.acey.rollout.route;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.file.KeptFile;
import dev.acey.kit.test.PostgresServer;
import dev.acey.kit.token.KeyedHash;
import dev.acey.kit.token.RouteToken;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RouteResourceTest {

    PostgresServer database;

    @Inject RouteToken tokens;
    @Inject KeyedHash hash;
    @Inject Clock clock;

    private KeptFile<Snapshots.Kept> onDisk;

    @Inject
    void findOnDisk(ObjectMapper json, @ConfigProperty(name = "acey.data.dir") Path directory) {
        onDisk = new KeptFile<>(directory.resolve("routes.json"), Snapshots.Kept.class, json);
    }

    @Test
    void aRouteComesWithATokenThatProvesIt() {
        register("r-base", "r-next");
        put(
                "/api/tasks/routed",
                "{\"baseline\": \"r-base\", \"candidate\": \"r-next\", \"overrides\": {\"bob\":"
                        + " \"r-next\"}}");

        get("/api/rollout/route?taskType=routed&key=alice")
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("variant", is("baseline"))
                .body("model", is("r-base"))
                .body("reason", is("no_rollout"))
                .body("rolloutId", nullValue())
                .body("stage", nullValue());
        String token =
                get("/api/rollout/route?taskType=routed&key=bob")
                        .body("variant", is("candidate"))
                        .body("reason", is("override"))
                        .extract()
                        .path("token");

        RouteToken.Claims claims = tokens.verify(token, clock.instant()).orElseThrow();
        assertEquals("routed", claims.taskType());
        assertEquals("candidate", claims.variant());
        assertEquals("r-next", claims.model());
        assertEquals(hash.of("sticky-key", "bob"), claims.keyHash());
    }

    @Test
    void aKeyIsNotNeeded() {
        register("r-base");
        put("/api/tasks/keyless", "{\"baseline\": \"r-base\"}");
        String token =
                get("/api/rollout/route?taskType=keyless").statusCode(200).extract().path("token");
        assertEquals(null, tokens.verify(token, clock.instant()).orElseThrow().keyHash());
    }

    @Test
    void aTaskNobodyServesSaysWhatToDo() {
        get("/api/rollout/route?taskType=persona&key=a")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("PUT /api/tasks/persona"));
        get("/api/rollout/route?taskType=nobody-knows&key=a").statusCode(404);
    }

    @Test
    void whatAnotherReplicaCommitsIsFollowed() {
        register("r-base", "r-next");
        put("/api/tasks/elsewhere", "{\"baseline\": \"r-base\"}");
        database.execute(
                "SET search_path = rollout;"
                        + " UPDATE task SET baseline = 'r-next' WHERE task_type = 'elsewhere'");
        await().untilAsserted(
                        () ->
                                get("/api/rollout/route?taskType=elsewhere&key=a")
                                        .body("model", is("r-next")));
    }

    @Test
    void aStartWithoutTheDatabaseFindsTasksAndFlagsOnDisk() {
        register("r-base", "r-next");
        put("/api/tasks/kept", "{\"baseline\": \"r-base\"}");
        put(
                        "/internal/flags/kept",
                        "{\"candidate\": \"r-next\", \"salt\": \"s\", \"weight\": 10000}")
                .statusCode(200);
        await().untilAsserted(
                        () -> {
                            Snapshot snapshot = onDisk.read().orElseThrow().as(0);
                            Route route =
                                    snapshot.route("kept", "anyone", snapshot.confirmedAt())
                                            .orElseThrow();
                            assertEquals("r-next", route.model());
                        });
    }

    @Test
    void routingGoesOnWhileTheDatabaseIsAway() {
        register("r-base", "r-next");
        put("/api/tasks/steady", "{\"baseline\": \"r-base\"}").statusCode(200);
        database.stop();
        try {
            get("/api/rollout/route?taskType=steady&key=a")
                    .statusCode(200)
                    .body("model", is("r-base"));
            get("/q/health/ready").statusCode(200);
            put("/api/tasks/steady", "{\"baseline\": \"r-next\"}")
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .contentType("application/problem+json");
            get("/api/tasks").statusCode(503);
        } finally {
            database.start();
        }
        await().untilAsserted(
                        () ->
                                put("/api/tasks/steady", "{\"baseline\": \"r-next\"}")
                                        .statusCode(200));
        database.execute(
                "SET search_path = rollout;"
                        + " UPDATE task SET baseline = 'r-base' WHERE task_type = 'steady'");
        await().untilAsserted(
                        () ->
                                get("/api/rollout/route?taskType=steady&key=a")
                                        .body("model", is("r-base")));
    }
}
