package dev.acey.rollout.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.acey.rollout.Api;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model's server that streams as a test tells it to, also in the middle of an answer. */
final class StreamingModel implements AutoCloseable {

    private final String name = "s-" + UUID.randomUUID();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Script script;
    private volatile String lastRequest;

    /** What is streamed. */
    interface Script {
        void run(Talk talk) throws Exception;
    }

    /** The answer that is being streamed. */
    record Talk(HttpExchange exchange, OutputStream out) {

        void delta(String delta) throws IOException {
            event(
                    "{\"id\": \"c1\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"model\":"
                            + " \"up\", \"choices\": [{\"index\": 0, \"delta\": "
                            + delta
                            + ", \"finish_reason\": null}]}");
        }

        void says(String content) throws IOException {
            delta("{\"content\": \"" + content + "\"}");
        }

        void finishes(String reason) throws IOException {
            event(
                    "{\"id\": \"c1\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"model\":"
                            + " \"up\", \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\":"
                            + " \""
                            + reason
                            + "\"}]}");
            event(
                    "{\"id\": \"c1\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"model\":"
                            + " \"up\", \"choices\": [], \"usage\": {\"prompt_tokens\": 5,"
                            + " \"completion_tokens\": 2, \"total_tokens\": 7}}");
            event("[DONE]");
        }

        void breaksOff() {
            exchange.close();
        }

        private void event(String data) throws IOException {
            out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** Starts the server and registers the model. */
    StreamingModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
        Api.put(
                        "/api/models/" + name,
                        "{\"baseUrl\": \"http://127.0.0.1:"
                                + server.getAddress().getPort()
                                + "/v1\", \"upstreamModel\": \"up\"}")
                .statusCode(201);
    }

    String name() {
        return name;
    }

    void streams(Script what) {
        script = what;
    }

    String lastRequest() {
        return lastRequest;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        lastRequest = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (script == null) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            script.run(new Talk(exchange, out));
        } catch (IOException broken) {
            exchange.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
