package dev.acey.simulation.dryrun;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.acey.kit.test.PostgresResource;
import dev.acey.simulation.BadBodies;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
class DryRunTest {

    private static final String PATH = "/api/dryrun";
    private static final String JSON_TYPE = "application/json";

    @Test
    void aPlainMessageIsApproved() {
        given().contentType(JSON_TYPE)
                .body("{\"aceyOutput\":{\"speech\":\"Test message\",\"intents\":[]}}")
                .post(PATH)
                .then()
                .statusCode(200)
                .contentType(JSON_TYPE)
                .body("decision", is("approved"))
                .body("action", is("deliver"))
                .body("output.speech", is("Test message"))
                .body("findings", empty());
    }

    @Test
    void aMemoryTheModelIsNotSureOfIsRejected() {
        given().contentType(JSON_TYPE)
                .body(
                        "{\"aceyOutput\":{\"speech\":\"Test\",\"intents\":[{\"type\":"
                                + "\"memory_proposal\",\"confidence\":0.3}]}}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", is("rejected"))
                .body("action", is("block"))
                .body("findings.ruleId", hasItem("memory.lowConfidence"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/plain;charset=UTF-8", JSON_TYPE})
    void theSameInputGivesTheSameBytesWhateverItIsSentAs(String contentType) {
        byte[] body =
                "{\"aceyOutput\":{\"speech\":\"Grüße 🎲 \\u0000\",\"intents\":[]}}".getBytes(UTF_8);

        byte[] first = answer(JSON_TYPE, body);
        byte[] again = answer(contentType, body);

        assertArrayEquals(first, again);
    }

    @Test
    void aRuleSetIsNamedByItsHash() {
        String hash =
                given().contentType(JSON_TYPE)
                        .body("{\"aceyOutput\":{\"speech\":\"a\"}}")
                        .post(PATH)
                        .path("ruleSet");

        given().contentType(JSON_TYPE)
                .body("{\"aceyOutput\":{\"speech\":\"a\"},\"ruleSet\":\"" + hash + "\"}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("ruleSet", is(hash));
    }

    static Stream<Object[]> bad() {
        return Stream.of(
                row("{\"aceyOutput\": ", 400, "line 1"),
                row("", 400, "not one JSON document"),
                row("null", 400, "must be a JSON object"),
                row("[]", 400, "must be an object"),
                row("{} {}", 400, "/aceyOutput"),
                row("{}", 400, "/aceyOutput"),
                row("{\"aceyOutput\":null}", 400, "/aceyOutput"),
                row("{\"aceyOutput\":\"hello\"}", 400, "/aceyOutput"),
                row("{\"aceyOutput\":{},\"aceyOutput\":{}}", 400, "not one JSON document"),
                row("{\"aceyOutput\":{},\"aceyoutput\":{}}", 400, "/aceyoutput"),
                row("{\"aceyOutput\":{\"speech\":\"\\ud800\"}}", 400, "/aceyOutput/speech"),
                row("{\"aceyOutput\":{\"a\":1e999}}", 400, "/aceyOutput/a"),
                row("{\"aceyOutput\":{},\"context\":[]}", 400, "/context"),
                row("{\"aceyOutput\":{},\"state\":{}}", 400, "/at"),
                row("{\"aceyOutput\":{},\"at\":\"yesterday\"}", 400, "/at"),
                row("{\"aceyOutput\":{},\"at\":17}", 400, "/at"),
                row(
                        "{\"aceyOutput\":{},\"at\":\"2026-01-15T04:05:06Z\",\"state\":7}",
                        400,
                        "/state"),
                row(
                        "{\"aceyOutput\":{},\"at\":\"2026-01-15T04:05:06Z\",\"state\":"
                                + "{\"persona\":{\"locked\":\"no\"}}}",
                        400,
                        "/state/persona/locked"),
                row("{\"aceyOutput\":{},\"ruleSet\":\"latest\"}", 400, "/ruleSet"),
                row(
                        "{\"aceyOutput\":{},\"ruleSet\":\"sha256:" + "0".repeat(64) + "\"}",
                        422,
                        "/ruleSet"),
                row("{\"aceyOutput\":{\"a\":" + "[".repeat(300), 400, "nested too deeply"),
                row(
                        "{\"aceyOutput\":{\"speech\":\"" + "a".repeat(10_000_000) + "\"}}",
                        413,
                        "1048576"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badInputIsRefused(String body, int status, String mention) {
        BadBodies.refused(PATH, JSON_TYPE, body.getBytes(UTF_8), status, mention);
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] body = "{\"aceyOutput\":{\"speech\":\"Grüße\"}}".getBytes(ISO_8859_1);

        BadBodies.refused(PATH, JSON_TYPE, body, 400, "");
    }

    @Test
    void otherMethodsAndTypesAreRefused() {
        given().get(PATH).then().statusCode(405).contentType("application/problem+json");
        BadBodies.refused(PATH, "application/xml", "<a/>".getBytes(UTF_8), 415, "media type");
        given().contentType(JSON_TYPE)
                .accept("image/png")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(406);
    }

    private static byte[] answer(String contentType, byte[] body) {
        return given().contentType(contentType)
                .body(body)
                .post(PATH)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private static Object[] row(String body, int status, String mention) {
        return new Object[] {body, status, mention};
    }
}
