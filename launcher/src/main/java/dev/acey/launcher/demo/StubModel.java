package dev.acey.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An OpenAI-compatible server that plays models, on loopback alone. {@code GET /control} shows how
 * each persona behaves, {@code PATCH /control/{persona}} has it behave otherwise from the next
 * request on.
 */
public final class StubModel implements AutoCloseable {

    private static final int AT_ONCE = 128;
    private static final int WAITING = 1_024;
    private static final int BETWEEN_CHUNKS_MS = 10;

    private final ObjectMapper json = new ObjectMapper();
    private final Personas personas = new Personas();
    private final Clock clock;
    private final HttpServer server;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));

    private StubModel(int port, Clock clock) throws IOException {
        // Else a small answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.clock = clock;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> Answers.send(exchange, json, this::answer));
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @throws IOException where the port is taken
     */
    public static StubModel start(int port, Clock clock) throws IOException {
        StubModel stub = new StubModel(port, clock);
        stub.server.start();
        return stub;
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(Answers.Asked asked) throws IOException {
        String path = asked.path();
        if (asked.is("POST", "/v1/chat/completions")) {
            chat(asked);
        } else if (asked.is("GET", "/v1/models")) {
            asked.answer(200, models());
        } else if (asked.is("GET", "/control")) {
            asked.answer(200, control());
        } else if (path.startsWith("/control/") && asked.is("PATCH", path)) {
            change(asked, path.substring("/control/".length()));
        } else {
            asked.refuse(404, "not_found", "There is nothing at " + path + " for this method.");
        }
    }

    private void chat(Answers.Asked asked) throws IOException {
        ChatRequest request = ChatRequest.of(asked.body());
        Persona persona = personas.find(request.model()).orElse(null);
        if (persona == null) {
            asked.refuse(404, "model_not_found", "The stub plays no " + request.model() + ".");
            return;
        }
        Persona.Turn turn = persona.next();
        pause(turn.delayMs());
        if (turn.fails()) {
            asked.refuse(500, "stub_error", "The stub fails: its error rate says so.");
            return;
        }
        Completion completion = completion(request, turn.drifts());
        if (!request.stream()) {
            asked.answer(200, completion.whole());
            return;
        }
        try (Answers.Events events = asked.events()) {
            for (ObjectNode chunk : completion.chunks()) {
                events.send(json.writeValueAsString(chunk));
                pause(BETWEEN_CHUNKS_MS);
            }
            events.send("[DONE]");
        }
    }

    private Completion completion(ChatRequest request, boolean drifts) throws IOException {
        String content;
        if (request.tool() != null) {
            content = json.writeValueAsString(request.toolArguments());
        } else {
            ObjectNode output = Voice.say(request.prompt(), drifts);
            content =
                    request.plainText()
                            ? output.path("speech").textValue()
                            : json.writeValueAsString(output);
        }
        return new Completion(
                "chatcmpl-stub-" + UUID.randomUUID(),
                clock.instant().getEpochSecond(),
                request,
                content,
                request.tool() == null ? null : request.tool().path("name").textValue());
    }

    private ObjectNode models() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        personas.all()
                .forEach(
                        persona ->
                                list.withArray("data")
                                        .addObject()
                                        .put("id", persona.name())
                                        .put("object", "model")
                                        .put("created", 0)
                                        .put("owned_by", Completion.STUB));
        return list;
    }

    private ObjectNode control() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        personas.all().forEach(p -> all.set(p.name(), json.valueToTree(p.behaviour())));
        return all;
    }

    private void change(Answers.Asked asked, String name) throws IOException {
        Persona persona = personas.find(name).orElse(null);
        if (persona == null) {
            asked.refuse(404, "not_found", "The stub plays no " + name + ".");
            return;
        }
        JsonNode change = asked.body();
        persona.behave(Personas.changed(persona.behaviour(), change));
        asked.answer(200, json.<ObjectNode>valueToTree(persona.behaviour()));
    }

    private static void pause(int milliseconds) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stub stops");
        }
    }

    /** Also breaks off what it is still answering. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
