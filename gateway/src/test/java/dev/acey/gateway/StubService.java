package dev.acey.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** A service of another process, as far as the gateway can tell: it answers as a test says. */
public final class StubService {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Handler<HttpServerRequest> answer = StubService::hello;
    private HttpServer server;
    private int port;

    StubService() {
        listen();
    }

    public int port() {
        return port;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Answers from now on like this. */
    public void answer(Handler<HttpServerRequest> like) {
        asked.clear();
        answer = like;
    }

    /** Methods and targets of the requests that arrived since {@link #answer}. */
    public List<String> asked() {
        return asked;
    }

    /** Listens again after {@link #stop}, on the same port. */
    public void listen() {
        server =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHandle100ContinueAutomatically(true)
                                .setIdleTimeout(0));
        server.requestHandler(
                request -> {
                    asked.add(request.method() + " " + request.uri());
                    answer.handle(request);
                });
        port = now(server.listen(port, "127.0.0.1")).actualPort();
    }

    /** Refuses connections from now on. */
    public void stop() {
        now(server.close());
    }

    void close() {
        now(vertx.close());
    }

    private static void hello(HttpServerRequest request) {
        request.response().end("hello from " + request.path());
    }

    private static <T> T now(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
