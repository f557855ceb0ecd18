package dev.acey.simulation.compare;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import dev.acey.kit.test.PostgresResource;
import dev.acey.simulation.BadBodies;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import java.util.List;
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
class CompareTest {

    private static final String PATH = "/api/compare";
    private static final String JSON_TYPE = "application/json";
    private static final RestAssuredConfig DOUBLES =
            RestAssuredConfig.config()
                    .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));

    @ParameterizedTest
    @ValueSource(strings = {JSON_TYPE, "text/plain;charset=UTF-8"})
    void anOutputDoesNotDifferFromItself(String contentType) {
        String output = "{\"speech\":\"Nice hand!\",\"intents\":[{\"type\":\"x\",\"a\":1}]}";

        given().config(DOUBLES)
                .contentType(contentType)
                .body("{\"outputA\":" + output + ",\"outputB\":" + output + "}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("differences", empty())
                .body("similarity", is(1.0))
                .body("intents.added", empty())
                .body("intents.removed", empty())
                .body("intents.changed", empty())
                .body("confidenceDelta", nullValue());
    }

    @Test
    void whatCameWentAndChangedIsNamed() {
        String a =
                "{\"speech\":\"Welcome to the table\",\"intents\":[{\"type\":\"memory_proposal\","
                        + "\"text\":\"likes tea\",\"confidence\":0.8},{\"type\":\"trust_signal\","
                        + "\"user\":\"ann\",\"delta\":0.1}]}";
        String b =
                "{\"speech\":\"Welcome to my table\",\"toolCalls\":[{\"name\":\"deal\"}],"
                        + "\"intents\":[{\"type\":\"shadow_ban_suggestion\",\"user\":\"bob\"},"
                        + "{\"type\":\"memory_proposal\",\"text\":\"likes tea\","
                        + "\"confidence\":0.5}]}";

        given().config(DOUBLES)
                .contentType(JSON_TYPE)
                .body("{\"taskType\":\"game\",\"outputA\":" + a + ",\"outputB\":" + b + "}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("differences.pointer", is(List.of("/speech", "/toolCalls")))
                .body("differences[0].a", is("Welcome to the table"))
                .body("differences[1].b[0].name", is("deal"))
                .body("similarity", allOf(greaterThan(0.7), lessThan(1.0)))
                .body("intents.added", hasSize(1))
                .body("intents.added[0].user", is("bob"))
                .body("intents.removed[0].user", is("ann"))
                .body("intents.changed", hasSize(1))
                .body("intents.changed[0].from.confidence", is(0.8))
                .body("intents.changed[0].to.confidence", is(0.5))
                .body("confidenceDelta", closeTo(-0.3, 1e-9));
    }

    static Stream<Object[]> bad() {
        String many = "{\"type\":\"x\"},".repeat(200) + "{\"type\":\"x\"}";
        return Stream.of(
                row("{\"outputA\":", 400, "line 1"),
                row("{}", 400, "/outputA"),
                row("{\"outputA\":{}}", 400, "/outputB"),
                row("{\"outputA\":{},\"outputB\":[]}", 400, "/outputB"),
                row("{\"outputA\":{},\"outputB\":{},\"outputC\":{}}", 400, "/outputC"),
                row("{\"outputA\":{\"speech\":1},\"outputB\":{}}", 400, "/outputA/speech"),
                row("{\"outputA\":{},\"outputB\":{\"intents\":{}}}", 400, "/outputB/intents"),
                row("{\"outputA\":{},\"outputB\":{\"intents\":[1]}}", 400, "/outputB/intents/0"),
                row(
                        "{\"outputA\":{\"intents\":[" + many + "]},\"outputB\":{}}",
                        400,
                        "/outputA/intents"),
                row("{\"outputA\":{},\"outputB\":{},\"taskType\":\"Game!\"}", 400, "/taskType"),
                row("{\"outputA\":{\"a\":\"\\udc00\"},\"outputB\":{}}", 400, "/outputA/a"),
                row("{\"outputA\":\"" + "a".repeat(10_000_000) + "\"}", 413, "1048576"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badInputIsRefused(String body, int status, String mention) {
        BadBodies.refused(PATH, JSON_TYPE, body.getBytes(UTF_8), status, mention);
    }

    @Test
    void otherMethodsAndTypesAreRefused() {
        given().delete(PATH).then().statusCode(405).contentType("application/problem+json");
        BadBodies.refused(PATH, "text/csv", "a,b".getBytes(UTF_8), 415, "media type");
    }

    private static Object[] row(String body, int status, String mention) {
        return new Object[] {body, status, mention};
    }
}
