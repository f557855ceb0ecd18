package dev.acey.rollout.ofrep;

import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Reason;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class OfrepResourceTest {

    private static final String FLAGS = "/ofrep/v1/evaluate/flags";
    private static final String ROLLOUT = "019bbf9c-0000-7000-8000-000000000002";
    private static final String ANN = "{\"context\": {\"targetingKey\": \"ann\", \"plan\": 7}}";

    @Test
    void whatTheRequestGetsWrongBesideItsBodyIsWordedAsTheProtocolDoes() {
        given().get("/ofrep/v1/evaluate/flags/model.game")
                .then()
                .statusCode(405)
                .contentType(ContentType.JSON)
                .body("errorCode", is("GENERAL"))
                .body("errorDetails", notNullValue());
    }

    @TestHTTPResource String url;

    @BeforeEach
    void aTaskWithACandidate() {
        register("of-base", "of-next");
        put(
                        "/api/tasks/of-task",
                        "{\"baseline\": \"of-base\", \"candidate\": \"of-next\","
                                + " \"overrides\": {\"tester\": \"of-next\"}}")
                .statusCode(200);
        put("/api/tasks/of-plain", "{\"baseline\": \"of-base\"}").statusCode(200);
        weigh(10_000);
    }

    private static void weigh(int weight) {
        put(
                        "/internal/flags/of-task",
                        "{\"candidate\": \"of-next\", \"salt\": \"s\", \"weight\": %d,"
                                        .formatted(weight)
                                + " \"rolloutId\": \""
                                + ROLLOUT
                                + "\", \"stage\": 1}")
                .statusCode(200);
    }

    private static ValidatableResponse evaluate(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    @Test
    void aFlagIsTheModelThatServesTheTask() {
        evaluate(FLAGS + "/model.of-task", ANN)
                .statusCode(200)
                .body("key", is("model.of-task"))
                .body("value", is("of-next"))
                .body("variant", is("candidate"))
                .body("reason", is("SPLIT"))
                .body("metadata.rolloutId", is(ROLLOUT))
                .body("metadata.stage", is(1));
        evaluate(FLAGS + "/model.of-task", ANN.replace("ann", "tester"))
                .body("reason", is("TARGETING_MATCH"))
                .body("metadata.rolloutId", nullValue());
        evaluate(FLAGS + "/model.of-plain", ANN)
                .body("value", is("of-base"))
                .body("variant", is("baseline"))
                .body("reason", is("STATIC"));
    }

    @Test
    void aKilledTaskIsADisabledFlag() {
        put("/api/rollout/kill", "{\"taskType\": \"of-task\"}").statusCode(200);
        evaluate(FLAGS + "/model.of-task", ANN)
                .body("value", is("of-base"))
                .body("reason", is("DISABLED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                            | PARSE_ERROR",
                "``                                           | PARSE_ERROR",
                "[]                                           | PARSE_ERROR",
                "null                                         | PARSE_ERROR",
                "{\"context\": {}} trailing                   | PARSE_ERROR",
                "{}                                           | TARGETING_KEY_MISSING",
                "{\"context\": null}                          | TARGETING_KEY_MISSING",
                "{\"context\": \"ann\"}                       | INVALID_CONTEXT",
                "{\"context\": {\"targetingKey\": 7}}         | INVALID_CONTEXT",
                "{\"context\": {\"targetingKey\": \"\\ud800\"}} | PARSE_ERROR",
                "{\"context\": {}}                            | TARGETING_KEY_MISSING",
                "{\"context\": {\"targetingKey\": null}}      | TARGETING_KEY_MISSING",
                "{\"context\": {\"targetingKey\": \"\"}}      | TARGETING_KEY_MISSING",
            })
    void aBadRequestIsToldInTheProtocolsWords(String body, String code) {
        evaluate(FLAGS + "/model.of-task", body)
                .statusCode(400)
                .contentType("application/json")
                .body("key", is("model.of-task"))
                .body("errorCode", is(code))
                .body("errorDetails", notNullValue());
        evaluate(FLAGS, body).statusCode(400).body("key", nullValue()).body("errorCode", is(code));
    }

    @ParameterizedTest
    @CsvSource({"model.nobody", "model.", "of-task", "model.persona", "model.%00"})
    void anUnknownFlagIsNotFound(String key) {
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body(ANN)
                .post(FLAGS + "/" + key)
                .then()
                .statusCode(404)
                .body("key", is(key.replace("%00", "\u0000")))
                .body("errorCode", is("FLAG_NOT_FOUND"));
    }

    @Test
    void allFlagsComeWithATagThatChangesWithThem() {
        String tag =
                evaluate(FLAGS, ANN)
                        .statusCode(200)
                        .body("flags.key", hasItem("model.of-task"))
                        .body("flags.key", hasItem("model.of-plain"))
                        .body("flags.key", not(hasItem("model.persona")))
                        .body("flags.find { it.key == 'model.of-task' }.value", is("of-next"))
                        .extract()
                        .header("ETag");

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            ifNoneMatch(known).statusCode(304).header("ETag", is(tag)).body(is(""));
        }
        weigh(0);
        assertNotEquals(
                tag,
                ifNoneMatch(tag)
                        .statusCode(200)
                        .body("flags.find { it.key == 'model.of-task' }.value", is("of-base"))
                        .extract()
                        .header("ETag"));
    }

    private static ValidatableResponse ifNoneMatch(String tag) {
        return given().contentType("application/json")
                .header("If-None-Match", tag)
                .body(ANN)
                .post(FLAGS)
                .then();
    }

    @Test
    void theOpenFeatureSdkIsServed() {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        String address = url.replaceAll("/$", "");
        api.setProviderAndWait(
                OfrepProvider.constructProvider(
                        OfrepProviderOptions.builder().baseUrl(address).build()));
        try {
            Client client = api.getClient();
            FlagEvaluationDetails<String> ann =
                    client.getStringDetails(
                            "model.of-task", "fallback", new ImmutableContext("ann"));
            assertEquals("of-next", ann.getValue());
            assertEquals("candidate", ann.getVariant());
            assertEquals(Reason.SPLIT.name(), ann.getReason());
            assertEquals(ROLLOUT, ann.getFlagMetadata().getString("rolloutId"));
            assertEquals(null, ann.getErrorCode());

            FlagEvaluationDetails<String> unknown =
                    client.getStringDetails(
                            "model.nobody", "fallback", new ImmutableContext("ann"));
            assertEquals("fallback", unknown.getValue());
            assertEquals(ErrorCode.FLAG_NOT_FOUND, unknown.getErrorCode());

            FlagEvaluationDetails<String> nobody =
                    client.getStringDetails("model.of-task", "fallback", new ImmutableContext());
            assertEquals("fallback", nobody.getValue());
            // What this provider makes of any 400.
            assertEquals(ErrorCode.INVALID_CONTEXT, nobody.getErrorCode());
        } finally {
            api.shutdown();
        }
    }
}
