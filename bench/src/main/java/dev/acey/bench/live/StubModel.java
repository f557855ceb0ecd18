package dev.acey.bench.live;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Speaks OpenAI's chat completions and always says the same, at once or after a while; a stream in
 * twenty pieces.
 */
final class StubModel implements AutoCloseable {

    private static final int PIECES = 20;
    private static final int PIECE_MILLIS = 50;
    private static final Buffer COMPLETION =
            Buffer.buffer(
                    "{\"id\":\"chatcmpl-stub\",\"object\":\"chat.completion\",\"created\":1700000000,"
                            + "\"model\":\"stub\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                            + "\"assistant\",\"content\":\"What a river card! The big stack checks, the"
                            + " short stack has to decide now, and I would not want to be in that"
                            + " seat. Tell me in the chat: call or fold?\"},\"logprobs\":null,"
                            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":60,"
                            + "\"completion_tokens\":38,\"total_tokens\":98}}");

    private final Vertx vertx;
    private final HttpServer server;
    private final int latencyMillis;

    /**
     * @param latencyMillis before an answer begins; 0 for at once
     */
    StubModel(Vertx vertx, int latencyMillis) {
        this.vertx = vertx;
        this.latencyMillis = latencyMillis;
        this.server =
                Wait.on(
                        vertx.createHttpServer(
                                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                                .requestHandler(this::receive)
                                .listen());
    }

    /** What a model is registered with. */
    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            if (latencyMillis == 0) {
                                answer(request.response(), body);
                            } else {
                                vertx.setTimer(
                                        latencyMillis, t -> answer(request.response(), body));
                            }
                        });
    }

    private void answer(HttpServerResponse response, Buffer body) {
        if (response.closed()) {
            return;
        }
        if (body.toString().contains("\"stream\":true")) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            piece(response, 0);
        } else {
            response.putHeader("Content-Type", "application/json").end(COMPLETION);
        }
    }

    private void piece(HttpServerResponse response, int made) {
        if (response.closed()) {
            return;
        }
        if (made == PIECES) {
            response.end(event("{}", "\"stop\"") + "data: [DONE]\n\n");
            return;
        }
        response.write(event("{\"content\":\"What a river card! \"}", "null"));
        vertx.setTimer(PIECE_MILLIS, t -> piece(response, made + 1));
    }

    private static String event(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-stub\",\"object\":\"chat.completion.chunk\",\"created\":"
                + TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis())
                + ",\"model\":\"stub\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    @Override
    public void close() {
        Wait.on(server.close());
    }
}
