package dev.acey.simulation.simulate;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
class ErasureTest {

    private static final String ALL = "SELECT string_agg(%s, '') FROM simulation.%s t";

    private static final String CURSOR = "nextCursor";

    PostgresServer postgres;

    @Test
    void aPersonsCasesGoAndNobodyElses() {
        String secret = "secret-" + UUID.randomUUID();
        String user = "Ann/\"Ω\" %2F\\ " + secret;
        String id =
                simulate(
                        Logs.request(
                                700,
                                (i, log) -> {
                                    String who = i % 7 == 3 ? user : "somebody else";
                                    log.putObject("context").put("user", who);
                                    if (i % 7 == 3) {
                                        log.put("llmPrompt", secret);
                                        log.set("candidateOutput", Logs.output(secret));
                                    }
                                }));

        assertEquals(100, erase(user));
        assertEquals(0, erase(user));

        assertTrue(stored("simulation_case").contains(hex("somebody else")));
        for (String table : new String[] {"simulation_case", "simulation", "job", "audit"}) {
            String all = stored(table);
            assertEquals(-1, all.indexOf(secret), table);
            assertEquals(-1, all.indexOf(hex(secret)), table);
        }
        cases(id, "?limit=1000").body("cases", hasSize(600));
        given().get("/api/simulate/" + id).then().body("state", is("completed"));
    }

    @Test
    void aPageOfCasesBeginsAfterTheLastOneShown() {
        String user = "Ben " + UUID.randomUUID();
        String id =
                simulate(
                        Logs.request(
                                6,
                                (i, log) ->
                                        log.putObject("context")
                                                .put("user", i < 2 ? user : "other")));
        erase(user);
        String next =
                cases(id, "?limit=2").body("cases.position", is(list(2, 3))).extract().path(CURSOR);
        next =
                cases(id, "?limit=2&cursor=" + next)
                        .body("cases.position", is(list(4, 5)))
                        .extract()
                        .path(CURSOR);
        cases(id, "?limit=2&cursor=" + next).body("cases", hasSize(0));
    }

    @Test
    void aCursorOfSomewhereElseIsRefused() {
        for (String cursor : new String[] {"x", "eA", "MDE5Mg"}) {
            given().delete("/internal/subjects/ann?cursor=" + cursor)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/cursor"));
        }
    }

    private static List<Integer> list(int first, int second) {
        return List.of(first, second);
    }

    private static String simulate(ObjectNode request) {
        return given().contentType("application/json")
                .body(Logs.bytes(request))
                .post("/api/simulate")
                .then()
                .statusCode(200)
                .body("state", is("completed"))
                .extract()
                .path("id");
    }

    private static ValidatableResponse cases(String id, String query) {
        return given().get("/api/simulate/" + id + "/cases" + query).then().statusCode(200);
    }

    private static int erase(String user) {
        int erased = 0;
        String cursor = null;
        do {
            var request = given();
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            JsonPath step =
                    request.delete("/internal/subjects/{user}", user)
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            erased += step.getInt("erased");
            cursor = step.getString("cursor");
        } while (cursor != null);
        return erased;
    }

    private String stored(String table) {
        return postgres.query(ALL.formatted("t::text", table));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
