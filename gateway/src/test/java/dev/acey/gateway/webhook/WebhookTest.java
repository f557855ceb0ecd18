package dev.acey.gateway.webhook;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String GOOD =
            "{\"url\": \"https://receiver.invalid/hook?token=t\", \"events\": [\"alert.*\"]}";

    @Inject Pool pool;
    @Inject AuditTrail audit;
    @Inject WebhookSettings settings;
    @Inject ObjectMapper json;
    PostgresServer postgres;

    @BeforeEach
    void none() {
        postgres.execute("DELETE FROM gateway.webhook");
    }

    @Test
    void aSecretIsShownOnceToWhoMakesTheWebhook() {
        String id =
                post(GOOD)
                        .statusCode(201)
                        .body("id", notNullValue())
                        .body("url", equalTo("https://receiver.invalid/hook?token=t"))
                        .body("events", equalTo(List.of("alert.*")))
                        .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="))
                        .body("createdAt", matchesPattern("\\d{4}-.*\\.\\d{3}Z"))
                        .extract()
                        .path("id");

        given().get("/api/webhooks")
                .then()
                .statusCode(200)
                .body("webhooks.id", equalTo(List.of(id)))
                .body("webhooks", everyItem(not(hasKey("secret"))))
                .body("webhooks[0].disabledAt", nullValue())
                .body("nextCursor", nullValue());
    }

    @Test
    void aSecretThatIsGivenIsUsedAndNeverOnTheRecord() {
        String body =
                "{\"url\": \"https://Receiver.invalid/hook?token=t\", \"events\": [\"*\"], \"secret\": \""
                        + SECRET
                        + "\"}";
        String id = post(body).statusCode(201).body("secret", equalTo(SECRET)).extract().path("id");
        given().delete("/api/webhooks/" + id).then().statusCode(204);

        String record =
                postgres.query(
                        "SELECT string_agg(action || ' ' || detail, '; ' ORDER BY seq)"
                                + " FROM gateway.audit WHERE subject = 'webhook:"
                                + id
                                + "'");
        assertEquals(
                "webhook.create {\"events\":[\"*\"],\"host\":\"receiver.invalid\"}; "
                        + "webhook.delete {\"events\":[\"*\"],\"host\":\"receiver.invalid\"}",
                record);
    }

    @Test
    void aWebhookThatIsDeletedIsGone() {
        String id = post(GOOD).extract().path("id");

        given().delete("/api/webhooks/" + id).then().statusCode(204);
        given().delete("/api/webhooks/" + id).then().statusCode(404);
        given().get("/api/webhooks/" + id + "/deliveries").then().statusCode(404);
    }

    @Test
    void listsGoOnFromTheirCursor() {
        String first = post(GOOD).extract().path("id");
        String second = post(GOOD).extract().path("id");

        String cursor =
                given().get("/api/webhooks?limit=1")
                        .then()
                        .body("webhooks.id", equalTo(List.of(second)))
                        .extract()
                        .path("nextCursor");
        given().get("/api/webhooks?limit=1&cursor=" + cursor)
                .then()
                .body("webhooks.id", equalTo(List.of(first)));
    }

    @Test
    void thereAreOnlySoManyHoweverManyAreMadeAtOnce() {
        List<CompletableFuture<Integer>> makers =
                IntStream.range(0, 9)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> post(GOOD).extract().statusCode()))
                        .toList();
        List<Integer> statuses = makers.stream().map(CompletableFuture::join).sorted().toList();

        assertEquals(List.of(201, 201, 201, 201, 201, 409, 409, 409, 409), statuses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8081/internal/events",
                "http://2130706433/",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://169.254.169.254/latest/meta-data"
            })
    void beyondALaptopNoWebhookLeadsToWhatOnlyTheGatewayCanReach(String url) {
        Webhooks strict =
                new Webhooks(
                        pool,
                        audit,
                        new Destinations(TestSettings.allowing(null), "0.0.0.0"),
                        settings,
                        json);
        WebhookCommand command = new WebhookCommand(url, List.of("*"), null);

        ProblemException refused =
                assertThrows(
                        ProblemException.class,
                        () ->
                                strict.create(command, Instant.EPOCH)
                                        .await()
                                        .atMost(Duration.ofSeconds(20)));

        assertEquals(422, refused.status());
        assertEquals("/url", refused.problem().errors().get(0).pointer());
        assertEquals("0", postgres.query("SELECT count(*) FROM gateway.webhook"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"events\": [\"*\"]} | /url",
                "{\"url\": null, \"events\": [\"*\"]} | /url",
                "{\"url\": \"\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"receiver.invalid\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"/hook\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"ftp://receiver.invalid/\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"file:///etc/passwd\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid:0/\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid:65536/\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://u:p@receiver.invalid/\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid/#x\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid/a b\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://ex\u00e4mple.org/\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid/\\u0000\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid/\\r\\nX: y\", \"events\": [\"*\"]} | /url",
                "{\"url\": \"http://receiver.invalid/\"} | /events",
                "{\"url\": \"http://receiver.invalid/\", \"events\": []} | /events",
                "{\"url\": \"http://receiver.invalid/\", \"events\": \"*\"} | /events",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"*\", null]} | /events/1",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"Alert\"]} | /events/0",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"a\", \"a\"]} | /events",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"*\"], \"secret\": \"x\"} |"
                        + " /secret",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"*\"], \"secret\": 5} | /secret",
                "{\"url\": \"http://receiver.invalid/\", \"events\": [\"*\"], \"secrt\": \"x\"} |"
                        + " /secrt",
            })
    void whatIsWrongIsNamed(String body, String pointer) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "1"})
    void whatIsNoCommandIsA400(String body) {
        post(body).statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/webhooks?limit=0, 400",
        "GET, /api/webhooks?cursor=x, 400",
        "DELETE, /api/webhooks/x, 404",
        "DELETE, /api/webhooks/0192f3b4-0000-7000-8000-000000000000, 404",
        "GET, /api/webhooks/x/deliveries, 404",
        "GET, /api/webhooks/0192f3b4-0000-7000-8000-000000000000/deliveries, 404",
        "GET, /api/webhooks/0192f3b4-0000-7000-8000-000000000000/deliveries?limit=x, 400",
        "POST, /api/webhooks/0192f3b4-0000-7000-8000-000000000000/deliveries/x/redeliver, 404",
        "PUT, /api/webhooks, 405",
    })
    void askingForWhatIsNotThereIsAProblem(String method, String path, int status) {
        given().request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @Test
    void theDocumentShowsWebhooksAndNothingInternal() {
        String document = given().accept("application/json").get("/openapi").asString();

        assertTrue(document.contains("/api/webhooks/{id}/deliveries"), document);
        assertFalse(document.contains("/internal"), document);
    }

    private static io.restassured.response.ValidatableResponse post(String body) {
        return given().contentType("application/json").body(body).post("/api/webhooks").then();
    }
}
