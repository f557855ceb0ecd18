package dev.acey.rollout.cache;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.acey.rollout.Api.put;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.rollout.Api;
import dev.acey.rollout.LogService;
import dev.acey.rollout.TestClock;
import dev.acey.rollout.live.FakeModel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResponseCacheTest {

    @Inject ResponseCache cache;
    @Inject Pool pool;
    @Inject TestClock clock;

    LogService log;

    private final String task = "t" + UUID.randomUUID();
    private FakeModel model;

    @BeforeEach
    void aTaskKeepsAnswersForAMinute() {
        log.takesEverything();
        await().untilAsserted(() -> Api.get("/internal/rules/active").statusCode(200));
        model = new FakeModel();
        serves(60);
        model.says("Nice hand!");
    }

    @AfterEach
    void close() {
        clock.setAhead(Duration.ZERO);
        model.close();
    }

    @Test
    void theSameQuestionOfTheSameUserIsAnsweredFromMemory() {
        String first = ask("ann", "Hi").header("X-Acey-Cache", nullValue()).extract().asString();
        String second = ask("ann", "Hi").header("X-Acey-Cache", is("hit")).extract().asString();
        assertEquals(first, second);
        assertEquals(1, model.asked().size());
    }

    @Test
    void noUserIsToldWhatAnotherWas() {
        ask("ann", "Hi");
        ask("bob", "Hi").header("X-Acey-Cache", nullValue());
        given().contentType(ContentType.JSON)
                .header("X-Acey-Task", task)
                .header("X-Acey-Key", "ann")
                .body(body("bob", "Hi"))
                .post("/v1/chat/completions")
                .then()
                .statusCode(200)
                .header("X-Acey-Cache", nullValue());
        assertEquals(3, model.asked().size());
    }

    @Test
    void anotherQuestionIsAsked() {
        ask("ann", "Hi");
        ask("ann", "hi").header("X-Acey-Cache", nullValue());
    }

    @Test
    void anAnswerIsForgottenAfterItsTime() {
        ask("ann", "Hi");
        clock.setAhead(Duration.ofSeconds(61));
        ask("ann", "Hi").header("X-Acey-Cache", nullValue());
    }

    @Test
    void nothingIsKeptUnlessTheTaskSaysSo() {
        serves(0);
        ask("ann", "Hi");
        ask("ann", "Hi").header("X-Acey-Cache", nullValue());
    }

    @Test
    void aFailureIsNotKept() {
        model.answers(aResponse().withStatus(500));
        status("ann", "Hi", 502);
        model.says("Back again");
        ask("ann", "Hi").header("X-Acey-Cache", nullValue());
    }

    @Test
    void nothingIsKeptDuringARollout() {
        FakeModel candidate = new FakeModel();
        try {
            put(
                            "/internal/flags/" + task,
                            "{\"candidate\": \"%s\", \"salt\": \"s\", \"weight\": 1, \"shadowShare\": 0, \"rolloutId\": \"%s\", \"stage\": 0}"
                                    .formatted(
                                            candidate.name(),
                                            "0192d3a5-0000-7000-8000-000000000001"))
                    .statusCode(200);
            ask("ann", "Hi");
            ask("ann", "Hi").header("X-Acey-Cache", nullValue());
        } finally {
            candidate.close();
        }
    }

    @Test
    void everyReplicaForgetsWhenItIsTold() {
        ask("ann", "Hi");
        long before = cache.epoch();
        pool.withTransaction(cache::forgetEverywhere).await().atMost(Duration.ofSeconds(10));
        await().until(() -> cache.epoch() != before);
        ask("ann", "Hi").header("X-Acey-Cache", nullValue());
    }

    private void serves(int cacheSeconds) {
        put(
                        "/api/tasks/" + task,
                        "{\"baseline\": \"%s\", \"cacheSeconds\": %d}"
                                .formatted(model.name(), cacheSeconds))
                .statusCode(200)
                .body("cacheSeconds", is(cacheSeconds));
    }

    private ValidatableResponse ask(String user, String text) {
        return status(user, text, 200);
    }

    private ValidatableResponse status(String user, String text, int status) {
        return given().contentType(ContentType.JSON)
                .header("X-Acey-Task", task)
                .body(body(user, text))
                .post("/v1/chat/completions")
                .then()
                .statusCode(status);
    }

    private static String body(String user, String text) {
        return "{\"user\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                .formatted(user, text);
    }
}
