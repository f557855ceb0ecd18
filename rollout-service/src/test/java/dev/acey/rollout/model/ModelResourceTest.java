package dev.acey.rollout.model;

import static dev.acey.rollout.Api.A_MODEL;
import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelResourceTest {

    PostgresServer database;

    @ConfigProperty(name = "acey.keys.dir")
    Path keys;

    @Test
    void aModelIsCreatedShownAndReplaced() {
        put(
                        "/api/models/acey-game-v1",
                        "{\"baseUrl\": \"https://llm.example/v1\", \"upstreamModel\": \"ft:game:1\","
                                + " \"timeoutMs\": 5000, \"pricing\": {\"promptPerMillion\": 0.15,"
                                + " \"completionPerMillion\": 0.6}}")
                .statusCode(201)
                .body("name", is("acey-game-v1"))
                .body("version", is(1))
                .body("apiKeyPresent", nullValue())
                .body("createdAt", notNullValue());
        get("/api/models/acey-game-v1")
                .statusCode(200)
                .body("upstreamModel", is("ft:game:1"))
                .body("pricing.completionPerMillion", equalTo(0.6f));

        put("/api/models/acey-game-v1", A_MODEL)
                .statusCode(200)
                .body("version", is(2))
                .body("timeoutMs", is(30_000))
                .body("pricing", nullValue());
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        put("/api/models/same", A_MODEL).statusCode(201);
        put("/api/models/same", A_MODEL).statusCode(200).body("version", is(1));
        assertEquals(
                "1",
                database.query("SELECT count(*) FROM rollout.audit WHERE subject = 'model:same'"));
    }

    @Test
    void everyChangeIsInTheAuditTrail() {
        put("/api/models/audited", A_MODEL).statusCode(201);
        String detail =
                database.query("SELECT detail FROM rollout.audit WHERE subject = 'model:audited'");
        assertTrue(detail.contains("\"upstreamModel\":\"up\""), detail);
    }

    @Test
    void aKeyIsFoundByItsReferenceAndNeverShown() throws IOException {
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("upstream-key"), "s3cret-of-the-upstream");
        String withKey =
                "{\"baseUrl\": \"http://localhost:9000\", \"upstreamModel\": \"up\", \"apiKeyRef\":"
                        + " \"%s\"}";
        put("/api/models/keyed", withKey.formatted("file:upstream-key"))
                .statusCode(201)
                .body("apiKeyRef", is("file:upstream-key"))
                .body("apiKeyPresent", is(true))
                .body(not(org.hamcrest.Matchers.containsString("s3cret")));
        put("/api/models/keyed", withKey.formatted("ACEY_KEY_OF_NOBODY"))
                .statusCode(200)
                .body("apiKeyPresent", is(false));
    }

    @Test
    void concurrentPutsAllSucceedAndEachIsAudited() {
        List<Thread> clients = new ArrayList<>();
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            String body = A_MODEL.replace("\"up\"", "\"up-" + i + "\"");
            Thread client =
                    new Thread(
                            () ->
                                    statuses.add(
                                            put("/api/models/contended", body)
                                                    .extract()
                                                    .statusCode()));
            client.start();
            clients.add(client);
        }
        clients.forEach(ModelResourceTest::join);
        assertEquals(8, statuses.size());
        assertEquals(1, statuses.stream().filter(s -> s == 201).count(), statuses::toString);
        assertEquals(7, statuses.stream().filter(s -> s == 200).count(), statuses::toString);
        get("/api/models/contended").body("version", is(8));
        assertEquals(
                "8",
                database.query(
                        "SELECT count(*) FROM rollout.audit WHERE subject = 'model:contended'"));
    }

    @Test
    void aListIsPagedNewestFirst() {
        IntStream.rangeClosed(1, 5).forEach(i -> register("paged-" + i));
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page =
                    given().queryParam("limit", 2)
                            .queryParam("cursor", cursor == null ? "" : cursor)
                            .get("/api/models")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            seen.addAll(page.getList("models.name"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        seen.removeIf(name -> !name.startsWith("paged-"));
        assertEquals(List.of("paged-5", "paged-4", "paged-3", "paged-2", "paged-1"), seen);
    }

    @Test
    void severalBrokenRulesAreNamedAtOnce() {
        given().contentType(ContentType.JSON)
                .body(
                        "{\"baseUrl\": \"ftp://x\", \"upstreamModel\": \"up\", \"timeoutMs\": 1,"
                                + " \"pricing\": {\"promptPerMillion\": -1}}")
                .put("/api/models/wrong")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body(
                        "errors.pointer",
                        contains(
                                "/baseUrl",
                                "/pricing/completionPerMillion",
                                "/pricing/promptPerMillion",
                                "/timeoutMs"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
