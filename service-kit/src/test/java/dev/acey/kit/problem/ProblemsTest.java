package dev.acey.kit.problem;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
class ProblemsTest {

    @ParameterizedTest
    @CsvSource({
        "not-found, 404",
        "conflict, 409",
        "refused, 422",
        "unavailable, 503",
        "connection, 503",
        "shutdown, 503",
        "hibernate, 503",
        "broken, 503",
        "disk, 500",
        "pool, 503",
        "nul, 400",
        "defect, 500"
    })
    void everyFailureHasItsStatus(String how, int status) {
        when().get("/failing/" + how)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status), "instance", equalTo("/failing/" + how));
    }

    @Test
    void whatIsDownSaysWhenToTryAgain() {
        when().get("/failing/connection").then().statusCode(503).header("Retry-After", "2");
    }

    @Test
    void aDefectTellsItsRequestIdAndNothingElse() {
        given().header("X-Request-Id", "abc-1")
                .get("/failing/defect")
                .then()
                .statusCode(500)
                .header("X-Request-Id", "abc-1")
                .body("detail", allOf(containsString("abc-1"), not(containsString("secret"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": 3}|/name",
                "{\"name\": \"a\", \"count\": \"3\"}|/count",
                "{\"name\": \"a\", \"count\": 1.5}|/count",
                "{\"name\": \"a\", \"flag\": \"true\"}|/flag",
                "{\"name\": \"a\", \"flag\": 1}|/flag",
                "{\"name\": \"a\", \"colour\": \"BLUE\"}|/colour",
                "{\"name\": \"a\", \"colour\": 0}|/colour",
                "{\"name\": \"a\", \"at\": \"yesterday\"}|/at",
                "{\"name\": \"a\", \"parts\": {}}|/parts",
                "{\"name\": \"a\", \"parts\": [{\"share\": 0.5}, {\"share\": 2}]}|/parts/1/share",
                "{\"name\": \"a\", \"parts\": [{\"share\": null}]}|/parts/0/share",
                "{\"name\": \"a\", \"naem\": \"b\"}|/naem",
                "{}|/name",
                "{\"name\": \"half \\ud800 pair\"}|/name",
            })
    void aWrongFieldIsNamedByItsPointer(String body, String pointer) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/failing")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer), "errors[0].detail", notNullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": ",
                "{\"name\": \"a\"} x",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "\u0001",
                "''",
            })
    void whatIsNotOneJsonDocumentIsA400(String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/failing")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void timesHaveThreeFractionalDigitsOverHttpToo() {
        given().contentType(ContentType.JSON)
                .body("{\"name\": \"a\", \"at\": \"2026-01-15T04:05:06Z\"}")
                .post("/failing")
                .then()
                .statusCode(200)
                .body("at", equalTo("2026-01-15T04:05:06.000Z"));
    }

    @Test
    void nestingWithoutEndIsA400() {
        given().contentType(ContentType.JSON)
                .body("{\"name\": " + "[".repeat(100_000))
                .post("/failing")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/failing|POST",
                "/failing/defect|GET, HEAD",
            })
    void aWrongMethodIsA405ThatSaysWhichAreRight(String path, String allowed) {
        String answered =
                when().delete(path)
                        .then()
                        .statusCode(405)
                        .contentType("application/problem+json")
                        .extract()
                        .header("Allow");
        assertEquals(Set.of(allowed.split(", ")), Set.of(answered.split(", ?")));
    }

    @Test
    void aWrongMediaTypeIsA415() {
        given().contentType("application/xml")
                .body("<a/>")
                .post("/failing")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void anUnacceptableTypeIsA406() {
        given().accept("image/png")
                .get("/failing/conflict")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @Test
    void anUnknownPathIsA404() {
        when().get("/nothing/here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void aBodyBeyondTheLimitIsA413() {
        given().config(
                        RestAssuredConfig.config()
                                .httpClient(
                                        HttpClientConfig.httpClientConfig()
                                                .setParam("http.protocol.expect-continue", true)))
                .contentType(ContentType.JSON)
                .body("{\"name\": \"" + "a".repeat(17 << 20) + "\"}")
                .post("/failing")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void aRequestIdThatIsNotPlainIsReplaced() {
        given().header("X-Request-Id", "a b\tc")
                .get("/failing/conflict")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }
}
