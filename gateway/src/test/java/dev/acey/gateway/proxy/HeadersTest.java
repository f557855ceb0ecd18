package dev.acey.gateway.proxy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.RawHttp;
import dev.acey.gateway.StubService;
import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.MultiMap;
import java.net.URL;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HeadersTest {

    @TestHTTPResource("/")
    URL gateway;

    StubServices services;
    StubService dataset;
    AtomicReference<MultiMap> seen = new AtomicReference<>();

    @BeforeEach
    void rememberHeaders() {
        dataset = services.get(Service.DATASET);
        dataset.answer(
                request -> {
                    seen.set(request.headers());
                    request.response().end("ok");
                });
    }

    @Test
    void headersOfOneHopEndHereAndWhatAClientClaimsOfItselfIsDropped() {
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "GET /api/dataset/list HTTP/1.1\r\nHost: shop.example:1234\r\n"
                            + "Connection: close, X-Secret\r\nX-Secret: 1\r\nKeep-Alive: 5\r\n"
                            + "TE: trailers\r\nProxy-Authorization: Basic x\r\n"
                            + "Proxy-Connection: keep-alive\r\nForwarded: for=evil\r\n"
                            + "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n"
                            + "X-Forwarded-Host: evil\r\nX-Real-IP: 6.6.6.6\r\n"
                            + "Authorization: Bearer kept\r\n\r\n");
            assertTrue(client.readUntil("\r\n\r\nok").startsWith("HTTP/1.1 200 "));
        }
        MultiMap headers = seen.get();
        for (String gone :
                new String[] {
                    "X-Secret",
                    "Keep-Alive",
                    "TE",
                    "Proxy-Authorization",
                    "Proxy-Connection",
                    "Forwarded",
                    "X-Real-IP"
                }) {
            assertNull(headers.get(gone), gone);
        }
        assertEquals("127.0.0.1", String.join(" ", headers.getAll("X-Forwarded-For")));
        assertEquals("http", String.join(" ", headers.getAll("X-Forwarded-Proto")));
        assertEquals("shop.example:1234", String.join(" ", headers.getAll("X-Forwarded-Host")));
        assertEquals("shop.example:1234", String.join(" ", headers.getAll("Host")));
        assertEquals("Bearer kept", headers.get("Authorization"));
    }

    @Test
    void theRequestIdAndTheTraceGoAllTheWay() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        given().header("X-Request-Id", "id-of-the-client")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get("/api/dataset/list")
                .then()
                .statusCode(200)
                .header("X-Request-Id", "id-of-the-client");
        assertEquals("id-of-the-client", seen.get().get("X-Request-Id"));
        assertTrue(seen.get().get("traceparent").startsWith("00-" + trace + "-"));
        assertEquals(1, seen.get().getAll("traceparent").size());
    }

    @Test
    void aRequestWithoutIdGetsOneAndTheAnswerHasItOnce() {
        dataset.answer(
                request -> {
                    seen.set(request.headers());
                    request.response()
                            .putHeader("X-Request-Id", request.getHeader("X-Request-Id"))
                            .putHeader("Connection", "keep-alive, X-Hop")
                            .putHeader("X-Hop", "1")
                            .putHeader("Keep-Alive", "timeout=5")
                            .end("ok");
                });
        var answer = given().get("/api/dataset/list").then().statusCode(200).extract().response();
        assertEquals(1, answer.headers().getValues("X-Request-Id").size());
        assertEquals(seen.get().get("X-Request-Id"), answer.header("X-Request-Id"));
        assertNull(answer.header("X-Hop"));
        assertNull(answer.header("Keep-Alive"));
    }

    @Test
    void aServicesProblemDocumentPassesUnchanged() {
        String problem = "{\"type\":\"urn:acey:problem:x\",\"title\":\"T\",\"status\":422}";
        dataset.answer(
                request ->
                        request.response()
                                .setStatusCode(422)
                                .putHeader("Content-Type", "application/problem+json")
                                .putHeader("Retry-After", "7")
                                .end(problem));
        given().body("{}")
                .contentType("application/json")
                .post("/api/dataset/prepare")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("Retry-After", "7")
                .body(equalTo(problem));
    }

    @Test
    void anAnswerWithoutBodyStaysOne() {
        dataset.answer(request -> request.response().setStatusCode(204).end());
        given().delete("/api/dataset/game-dataset.jsonl")
                .then()
                .statusCode(204)
                .header("Transfer-Encoding", nullValue())
                .header("Content-Length", nullValue());
        dataset.answer(
                request -> request.response().setStatusCode(304).putHeader("ETag", "\"a\"").end());
        given().header("If-None-Match", "\"a\"")
                .get("/api/dataset/game-dataset.jsonl")
                .then()
                .statusCode(304)
                .header("ETag", "\"a\"")
                .header("Transfer-Encoding", nullValue());
        dataset.answer(request -> request.response().putHeader("Content-Length", "12345").end());
        given().head("/api/dataset/game-dataset.jsonl")
                .then()
                .statusCode(200)
                .header("Content-Length", "12345");
    }

    @Test
    void partsOfFilesAndLocationsPassAsTheyAre() {
        dataset.answer(
                request ->
                        request.response()
                                .setStatusCode(206)
                                .putHeader("Content-Range", "bytes 0-3/10")
                                .putHeader("Content-Encoding", "gzip")
                                .putHeader("Location", "/api/dataset/prepare/1")
                                .end(request.getHeader("Range").substring(0, 4)));
        given().header("Range", "bytes=0-3")
                .config(
                        io.restassured.RestAssured.config()
                                .decoderConfig(
                                        io.restassured.config.DecoderConfig.decoderConfig()
                                                .noContentDecoders()))
                .get("/api/dataset/game-dataset.jsonl")
                .then()
                .statusCode(206)
                .header("Content-Range", is("bytes 0-3/10"))
                .header("Content-Encoding", is("gzip"))
                .header("Location", startsWith("/api/dataset/prepare/"));
    }

    @Test
    void anOfferOfAnotherProtocolIsNotTaken() {
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "GET /api/dataset/list HTTP/1.1\r\nHost: g\r\n"
                            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
            String answer = client.readUntil("\r\n\r\nok");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
        assertNull(seen.get().get("Upgrade"));
    }

    @Test
    void framingThatCouldBeReadInTwoWaysIsRefused() {
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/dataset/prepare HTTP/1.1\r\nHost: g\r\n"
                            + "Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n"
                            + "0\r\n\r\n");
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
        assertNull(seen.get());
    }
}
