package dev.acey.gateway.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.RawHttp;
import dev.acey.gateway.StubService;
import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamingTest {

    private static final int PIECE = 64 * 1024;
    private static final long MANY = 500L * 1024 * 1024;

    /** What sockets and pipes on the way may hold, generously; a tenth of what is sent. */
    private static final long IN_FLIGHT = 50L * 1024 * 1024;

    @TestHTTPResource("/")
    URL gateway;

    StubServices services;
    StubService log;

    @BeforeEach
    void takeTheLogService() {
        log = services.get(Service.LOG);
    }

    @Test
    void anUploadNobodyReadsStopsInsteadOfFillingMemory() throws Exception {
        AtomicLong arrived = new AtomicLong();
        CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
        log.answer(
                request -> {
                    request.pause();
                    request.handler(piece -> arrived.addAndGet(piece.length()));
                    request.endHandler(end -> request.response().end("read it all"));
                    held.complete(request);
                });
        AtomicLong sent = new AtomicLong();
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/logs HTTP/1.1\r\nHost: gateway\r\nContent-Length: "
                            + MANY
                            + "\r\nConnection: close\r\n\r\n");
            String piece = "x".repeat(PIECE);
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(
                            () -> {
                                while (sent.get() < MANY) {
                                    client.send(piece);
                                    sent.addAndGet(PIECE);
                                }
                            });
            HttpServerRequest request = held.get(10, TimeUnit.SECONDS);
            awaitStandstill(sent);
            assertTrue(sent.get() < IN_FLIGHT, () -> sent + " bytes were taken");
            request.resume();
            writer.get(60, TimeUnit.SECONDS);
            assertTrue(client.readToEnd().endsWith("read it all"));
            assertEquals(MANY, arrived.get());
        }
    }

    @Test
    void aDownloadNobodyReadsStopsInsteadOfFillingMemory() throws Exception {
        AtomicLong written = new AtomicLong();
        log.answer(
                request -> {
                    HttpServerResponse response = request.response().setChunked(true);
                    write(response, written);
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/export HTTP/1.1\r\nHost: gateway\r\n\r\n");
            client.readUntil("\r\n\r\n");
            awaitStandstill(written);
            assertTrue(written.get() < IN_FLIGHT, () -> written + " bytes were taken");
            client.skipUntil("the end");
            assertEquals(MANY, written.get());
        }
    }

    @Test
    void anEventArrivesBeforeItsStreamEnds() throws Exception {
        CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
        log.answer(
                request -> {
                    HttpServerResponse response = request.response().setChunked(true);
                    response.putHeader("Content-Type", "text/event-stream");
                    response.write("data: first\n\n").onComplete(done -> stream.complete(response));
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/1/events HTTP/1.1\r\nHost: gateway\r\n\r\n");
            client.readUntil("data: first");
            stream.get(5, TimeUnit.SECONDS).end("data: last\n\n");
            client.readUntil("data: last");
        }
    }

    @Test
    void aClientThatGoesAwayCancelsTheAnswerUnderWay() throws Exception {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        log.answer(
                request -> {
                    request.response().closeHandler(closed -> cancelled.complete(null));
                    request.response().setChunked(true).write("data: first\n\n");
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/1/events HTTP/1.1\r\nHost: gateway\r\n\r\n");
            client.readUntil("data: first");
        }
        cancelled.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatGoesAwayCancelsTheRequestBeforeAnyAnswer() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        log.answer(
                request -> {
                    request.response().closeHandler(closed -> cancelled.complete(null));
                    arrived.complete(null);
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/stats HTTP/1.1\r\nHost: gateway\r\n\r\n");
            arrived.get(10, TimeUnit.SECONDS);
        }
        cancelled.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfAnUploadCancelsIt() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        CompletableFuture<Throwable> cancelled = new CompletableFuture<>();
        log.answer(
                request -> {
                    request.exceptionHandler(cancelled::complete);
                    request.handler(piece -> arrived.complete(null));
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/logs HTTP/1.1\r\nHost: gateway\r\nContent-Length: 1000\r\n\r\nhalf");
            arrived.get(10, TimeUnit.SECONDS);
        }
        cancelled.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerThatBreaksOffBreaksOffForTheClientToo() {
        log.answer(
                request ->
                        request.response()
                                .setChunked(true)
                                .write("only half")
                                .onComplete(done -> request.connection().close()));
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/export HTTP/1.1\r\nHost: gateway\r\n\r\n");
            String answer = client.readToEnd();
            assertTrue(answer.contains("only half"), answer);
            assertTrue(!answer.endsWith("0\r\n\r\n"), "a broken answer must not look whole");
        }
    }

    @Test
    void aRefusalGivenBeforeTheBodyWasReadReachesTheClient() {
        log.answer(
                request -> request.response().setStatusCode(413).end("{\"from\":\"the service\"}"));
        for (int i = 0; i < 20; i++) {
            try (RawHttp client = new RawHttp(gateway.getPort())) {
                client.send(
                        "POST /api/log HTTP/1.1\r\nHost: gateway\r\nContent-Length: 10000000\r\n\r\n"
                                + "x".repeat(10_000_000));
                String answer = client.readUntil("}");
                assertTrue(answer.endsWith("{\"from\":\"the service\"}"), answer);
            }
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToContinue() {
        log.answer(
                request ->
                        request.bodyHandler(
                                body -> request.response().end("took " + body.length())));
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send(
                    "POST /api/logs HTTP/1.1\r\nHost: gateway\r\nContent-Length: 4\r\n"
                            + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
            client.readUntil("100 Continue\r\n\r\n");
            client.send("body");
            assertTrue(client.readToEnd().endsWith("took 4"));
        }
    }

    @Test
    void anOldClientGetsAnAnswerOfUnknownLengthAsAStream() throws Exception {
        CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
        log.answer(
                request -> {
                    HttpServerResponse response = request.response().setChunked(true);
                    response.write("first").onComplete(done -> stream.complete(response));
                });
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            client.send("GET /api/logs/export HTTP/1.0\r\nHost: gateway\r\n\r\n");
            String head = client.readUntil("first");
            assertTrue(!head.contains("chunked"), head);
            stream.get(5, TimeUnit.SECONDS).end("last");
            assertEquals("last", client.readToEnd());
        }
    }

    private void write(HttpServerResponse response, AtomicLong written) {
        Buffer piece = Buffer.buffer("x".repeat(PIECE));
        while (written.get() < MANY) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> write(response, written));
                return;
            }
            written.addAndGet(PIECE);
            response.write(piece);
        }
        response.end("the end");
    }

    private static void awaitStandstill(AtomicLong count) {
        AtomicLong before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(700))
                .until(() -> count.get() > 0 && before.getAndSet(count.get()) == count.get());
    }
}
