package dev.acey.bench.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Chat completions asked for over kept connections. */
final class Calls implements AutoCloseable {

    private static final String QUESTION =
            "{\"model\":\"stub\",\"messages\":[{\"role\":\"system\",\"content\":\"You host a poker"
                    + " stream. Be brief and kind.\"},{\"role\":\"user\",\"content\":\"The river is a"
                    + " queen of hearts. What do you say?\"}],\"temperature\":0.7";

    private final HttpClient client;
    private final RequestOptions options;
    private final Buffer question;

    /** A status, and the id of the log entry where there is one. */
    record Answer(int status, String logId) {}

    /**
     * @param at the full address of chat completions
     */
    Calls(Vertx vertx, URI at, String task, int connections, boolean stream) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setTcpNoDelay(true).setIdleTimeout(60),
                        new PoolOptions().setHttp1MaxSize(connections));
        this.options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(at.getHost())
                        .setPort(at.getPort())
                        .setURI(at.getPath())
                        .putHeader("Content-Type", "application/json")
                        .putHeader("X-Acey-Task", task);
        this.question = Buffer.buffer(QUESTION + (stream ? ",\"stream\":true}" : "}"));
    }

    /** The answer when all of it is there; fails when it does not come. */
    Future<Answer> ask(String key) {
        return open(key)
                .compose(request -> request.send(question))
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                body ->
                                                        new Answer(
                                                                response.statusCode(),
                                                                response.getHeader(
                                                                        "X-Acey-Log-Id"))));
    }

    /** Hangs up when the first piece of the answer is there. */
    Future<Void> askAndHangUp(String key) {
        return open(key)
                .compose(
                        request ->
                                request.send(question)
                                        .compose(
                                                response ->
                                                        Future.<Void>future(
                                                                hungUp ->
                                                                        response.handler(
                                                                                piece -> {
                                                                                    request.connection()
                                                                                            .close();
                                                                                    hungUp
                                                                                            .tryComplete();
                                                                                }))));
    }

    private Future<HttpClientRequest> open(String key) {
        return client.request(new RequestOptions(options).putHeader("X-Acey-Key", key));
    }

    @Override
    public void close() {
        Wait.on(client.close());
    }
}
