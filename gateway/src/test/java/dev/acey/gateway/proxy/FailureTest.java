package dev.acey.gateway.proxy;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.RawHttp;
import dev.acey.gateway.StubService;
import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees when rollout-service is in trouble; no other test of the module asks it. */
@QuarkusTest
class FailureTest {

    @TestHTTPResource("/")
    URL gateway;

    StubServices services;
    StubService rollout;

    @BeforeEach
    void theServiceIsWell() {
        rollout = services.get(Service.ROLLOUT);
        rollout.answer(request -> request.response().end("ok"));
        await().until(() -> ask().statusCode() == 200);
    }

    @Test
    void aServiceThatIsDownIsA503AndSoonLeftAloneUntilItIsBack() {
        rollout.stop();
        try {
            ask().then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "2")
                    .header("X-Request-Id", notNullValue())
                    .body("status", equalTo(503))
                    .body("instance", equalTo("/api/tasks"))
                    .body("detail", containsString("rollout-service cannot be reached"));
            await().until(() -> ask().jsonPath().getString("detail").contains("left alone"));
            ask().then().statusCode(503).header("Retry-After", "2");
        } finally {
            rollout.listen();
        }
        await().until(() -> ask().statusCode() == 200);
    }

    @Test
    void whereOpenAisClientsAskTheyAreToldInTheirWords() {
        rollout.stop();
        try {
            io.restassured.RestAssured.given()
                    .post("/v1/chat/completions")
                    .then()
                    .statusCode(503)
                    .contentType("application/json")
                    .header("Retry-After", "2")
                    .body("error.type", equalTo("server_error"))
                    .body("error.message", containsString("rollout-service"));
        } finally {
            rollout.listen();
        }
        await().until(() -> ask().statusCode() == 200);
    }

    @Test
    void whatALivingServiceAnswersNeverCutsItOff() {
        rollout.answer(request -> request.response().setStatusCode(503).end("busy"));
        for (int i = 0; i < 40; i++) {
            ask().then().statusCode(503).body(equalTo("busy"));
        }
        rollout.answer(request -> request.response().end("ok"));
        ask().then().statusCode(200);
    }

    @Test
    void aServiceThatDoesNotBeginToAnswerIsA504() {
        rollout.answer(request -> {});
        ask().then()
                .statusCode(504)
                .contentType("application/problem+json")
                .header("Retry-After", "2")
                .body("detail", containsString("rollout-service"));
    }

    @Test
    void aServiceThatBreaksOffBeforeItAnswersIsA503() {
        rollout.answer(request -> request.connection().close());
        ask().then().statusCode(503).contentType("application/problem+json");
    }

    @Test
    void aSlowUploadIsNotTakenForASilentService() throws Exception {
        rollout.answer(
                request -> request.bodyHandler(body -> request.response().end("got " + body)));
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/process HTTP/1.1\r\nHost: g\r\nContent-Length: 6\r\n"
                            + "Connection: close\r\n\r\n");
            CompletableFuture<Void> allSent = new CompletableFuture<>();
            AtomicInteger pieces = new AtomicInteger();
            rollout.vertx()
                    .setPeriodic(
                            400,
                            id -> {
                                client.send("x");
                                if (pieces.incrementAndGet() == 6) {
                                    rollout.vertx().cancelTimer(id);
                                    allSent.complete(null);
                                }
                            });
            allSent.get(10, TimeUnit.SECONDS);
            String answer = client.readToEnd();
            assertTrue(answer.endsWith("got xxxxxx"), answer);
        }
    }

    @Test
    void aClientThatStopsInTheMiddleOfItsRequestIsA408() {
        rollout.answer(request -> request.bodyHandler(body -> request.response().end("ok")));
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("POST /api/process HTTP/1.1\r\nHost: g\r\nContent-Length: 6\r\n\r\nhal");
            String answer = client.readUntil("}");
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void aConnectionIsOfUseAgainAfterARefusalWithABody() {
        rollout.stop();
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/process HTTP/1.1\r\nHost: g\r\nContent-Length: 200000\r\n\r\n"
                            + "x".repeat(200_000)
                            + "GET /internal/x HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
            String answers = client.readToEnd();
            assertTrue(answers.startsWith("HTTP/1.1 503 "), answers);
            assertTrue(answers.contains("HTTP/1.1 404 "), answers);
        } finally {
            rollout.listen();
        }
    }

    private static Response ask() {
        return given().get("/api/tasks");
    }
}
