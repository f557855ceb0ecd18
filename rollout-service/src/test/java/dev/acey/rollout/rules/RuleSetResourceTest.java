package dev.acey.rollout.rules;

import static dev.acey.rollout.Api.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.test.PostgresServer;
import dev.acey.rules.RuleSet;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RuleSetResourceTest {

    private static final String SHIPPED = RuleSet.shipped().hash();

    PostgresServer database;

    @BeforeEach
    @AfterEach
    void theShippedSetIsActive() {
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        activate(SHIPPED).statusCode(200);
    }

    @Test
    void theShippedSetIsStoredAndActiveFromTheStart() {
        get("/api/rules")
                .statusCode(200)
                .body("rules.find { it.active }.hash", is(SHIPPED))
                .body("rules.findAll { it.active }.size()", is(1));
        assertEquals(
                "rollout-service",
                database.query(
                        "SELECT actor FROM rollout.audit WHERE action = 'rules.activate'"
                                + " ORDER BY seq LIMIT 1"));
        assertEquals(RuleSet.shipped().canonical(), text("/api/rules/" + SHIPPED, "*/*"));
    }

    @Test
    void aSetIsNamedByWhatItSaysAndStoredOnce() {
        String yaml = yaml("once");
        String hash =
                post(yaml, "application/yaml")
                        .statusCode(201)
                        .header("Location", containsString("/api/rules/sha256:"))
                        .body("active", is(false))
                        .body("activatedAt", nullValue())
                        .extract()
                        .path("hash");
        assertEquals(RuleSet.parse(yaml).hash(), hash);

        post("# the same, with a comment\n" + yaml, "text/yaml")
                .statusCode(200)
                .body("hash", is(hash));
        post(RuleSet.parse(yaml).canonical(), "application/json")
                .statusCode(200)
                .body("hash", is(hash));
        assertEquals(yaml, text("/api/rules/" + hash, "application/yaml"));
        assertEquals(
                "1",
                database.query(
                        "SELECT count(*) FROM rollout.audit WHERE subject = 'rules:" + hash + "'"));
    }

    @Test
    void whatIsNoRuleSetIsRefusedByLineAndRule() {
        post(
                        "rules:\n  - id: a.b\n    on: speech\n    when: speech.sise() > 1\n"
                                + "    effect: reject\n    reason: x\n",
                        "application/yaml")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("line 4"))
                .body("detail", containsString("a.b"))
                .body("errors[0].pointer", is("/rules/a.b"));
    }

    @Test
    void anActivationTakesEffectAndIsAudited() {
        String hash = add("activated");
        int before = get("/internal/rules/active").extract().path("version");
        given().contentType(ContentType.JSON)
                .body("{\"actor\": \"mia\", \"reason\": \"trying it\"}")
                .post("/api/rules/" + hash + "/activate")
                .then()
                .statusCode(200)
                .body("active", is(true))
                .body("activatedAt", notNullValue());
        get("/internal/rules/active").body("hash", is(hash)).body("version", is(before + 1));
        assertEquals(
                "mia {\"before\":\"" + SHIPPED + "\",\"reason\":\"trying it\"}",
                database.query(
                        "SELECT actor || ' ' || detail FROM rollout.audit WHERE action ="
                                + " 'rules.activate' ORDER BY seq DESC LIMIT 1"));
        activate(hash).statusCode(200);
        get("/internal/rules/active").body("version", is(before + 1));
        get("/api/rules").body("rules.findAll { it.active }.hash", is(List.of(hash)));
    }

    @Test
    void whoWaitsForAnActivationIsToldOfIt() {
        String hash = add("awaited");
        int known = get("/internal/rules/active").extract().path("version");
        CompletableFuture<String> told =
                CompletableFuture.supplyAsync(
                        () ->
                                get("/internal/rules/active?waitSeconds=25&known=" + known)
                                        .statusCode(200)
                                        .extract()
                                        .path("hash"));
        activate(hash).statusCode(200);
        assertEquals(hash, told.join());
        get("/internal/rules/active?waitSeconds=0.1&known=" + (known + 1))
                .statusCode(200)
                .body("version", is(known + 1));
    }

    @Test
    void whatAnotherReplicaActivatesIsFollowed() {
        String hash = add("elsewhere");
        database.execute(
                "SET search_path = rollout; WITH n AS (UPDATE revision SET version = version + 1"
                        + " WHERE topic = 'rules' RETURNING version) INSERT INTO rule_activation"
                        + " SELECT version, '"
                        + hash
                        + "', now() FROM n");
        await().untilAsserted(() -> get("/internal/rules/active").body("hash", is(hash)));
    }

    @Test
    void theActiveSetIsKnownWhileTheDatabaseIsAway() {
        database.stop();
        try {
            get("/internal/rules/active").statusCode(200).body("hash", is(SHIPPED));
            get("/internal/rules/" + SHIPPED)
                    .statusCode(200)
                    .body("rules.id", hasItem("memory.lowConfidence"));
            get("/api/rules/" + SHIPPED).statusCode(503);
        } finally {
            database.start();
        }
        await().untilAsserted(() -> get("/api/rules/" + SHIPPED).statusCode(200));
    }

    @Test
    void aSetStaysAsItIs() {
        String denied = "no error";
        try {
            database.execute(
                    "SET ROLE acey_rollout_app; UPDATE rollout.rule_set SET source = '' WHERE hash"
                            + " = '"
                            + SHIPPED
                            + "'");
        } catch (IllegalStateException e) {
            denied = e.getCause().getMessage();
        }
        assertTrue(denied.contains("permission denied"), denied);
    }

    @Test
    void aListIsPagedNewestFirst() {
        String older = add("paged-1");
        String newer = add("paged-2");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            var page =
                    given().queryParam("limit", 1)
                            .queryParam("cursor", cursor)
                            .get("/api/rules")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            seen.addAll(page.getList("rules.hash"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertEquals(seen.stream().distinct().toList(), seen);
        assertTrue(seen.indexOf(newer) < seen.indexOf(older), seen::toString);
        assertTrue(seen.contains(SHIPPED));
    }

    @Test
    void anUnknownSetCannotBeActivated() {
        activate("sha256:" + "0".repeat(64)).statusCode(404);
        get("/internal/rules/active").body("hash", not("sha256:" + "0".repeat(64)));
    }

    private static String yaml(String name) {
        return "rules:\n  - id: test."
                + name.replace("-", "")
                + "\n    on: speech\n    when: speech == '"
                + name
                + "'\n    effect: reject\n    reason: it says "
                + name
                + "\n";
    }

    private static String add(String name) {
        return post(yaml(name), "application/yaml").extract().path("hash");
    }

    private static ValidatableResponse post(String source, String type) {
        return given().contentType(type)
                .body(source.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/rules")
                .then();
    }

    private static ValidatableResponse activate(String hash) {
        return given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rules/" + hash + "/activate")
                .then();
    }

    private static String text(String path, String accept) {
        return given().accept(accept).get(path).then().statusCode(200).extract().asString();
    }
}
