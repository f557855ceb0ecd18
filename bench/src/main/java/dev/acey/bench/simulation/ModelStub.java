package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenAI-compatible model on loopback that answers the same prompt in the same way, with a
 * delay, and counts: the calls made of it, and how many were under way at once.
 */
final class ModelStub implements AutoCloseable {

    private static final int AT_ONCE = 256;
    private static final String[] LINES = {
        "Nice hand, well played.",
        "A careful call on the turn.",
        "Let us see the river.",
        "I would wait a moment before the next bet.",
        "The table is quiet tonight.",
        "A small pot, but a good read.",
        "Blinds are up in five minutes.",
        "Who is next?"
    };

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final HttpServer server;
    private final int delayMs;

    private ModelStub(int delayMs) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.delayMs = delayMs;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
    }

    static ModelStub start(int delayMs) throws IOException {
        ModelStub stub = new ModelStub(delayMs);
        stub.server.start();
        return stub;
    }

    /** Registers it under a name. */
    void register(AceySystem system, Http http, String name) {
        http.put(
                system.gateway("/api/models/" + name),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("baseUrl", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                        .put("upstreamModel", name)
                        .toString());
    }

    int calls() {
        return calls.get();
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody());
            TimeUnit.MILLISECONDS.sleep(delayMs);
            byte[] answer = json.writeValueAsBytes(completion(request));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stub stops");
        } finally {
            underWay.decrementAndGet();
        }
    }

    private ObjectNode completion(JsonNode request) {
        JsonNode messages = request.path("messages");
        String prompt = messages.path(messages.size() - 1).path("content").asText();
        ObjectNode completion = json.createObjectNode().put("id", "stub").put("created", 0);
        completion.put("object", "chat.completion").set("model", request.get("model"));
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        choice.put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", said(prompt));
        completion
                .putObject("usage")
                .put("prompt_tokens", 10)
                .put("completion_tokens", 20)
                .put("total_tokens", 30);
        return completion;
    }

    /** Some memories repeat and some are unsure, so that rules and states matter. */
    private String said(String prompt) {
        SplittableRandom random = new SplittableRandom(prompt.hashCode());
        ObjectNode output = json.createObjectNode();
        output.put(
                "speech",
                LINES[random.nextInt(LINES.length)] + " " + LINES[random.nextInt(LINES.length)]);
        var intents = output.putArray("intents");
        switch (random.nextInt(5)) {
            case 0 ->
                    intents.addObject()
                            .put("type", "memory_proposal")
                            .put("text", "A remark worth keeping, number " + random.nextInt(2_000))
                            .put("confidence", (30 + random.nextInt(70)) / 100.0);
            case 1 ->
                    intents.addObject()
                            .put("type", "trust_signal")
                            .put("user", "user-" + random.nextInt(50))
                            .put("delta", random.nextInt(-120, 121) / 1_000.0);
            case 2 ->
                    intents.addObject()
                            .put("type", "persona_mode_proposal")
                            .put("mode", random.nextBoolean() ? "calm" : "hype");
            default -> {}
        }
        return output.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
