package dev.acey.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** How the stub reads and writes HTTP; errors are in OpenAI's shape. */
final class Answers {

    private static final int LONGEST_BODY = 16 << 20;

    private Answers() {}

    /** Answers one request; what a client says wrongly is a 400. */
    interface Handler {
        void answer(Asked asked) throws IOException;
    }

    static void send(HttpExchange exchange, ObjectMapper json, Handler handler) throws IOException {
        exchange.getResponseHeaders().set("X-Acey-Stub", "true");
        try (exchange) {
            Asked asked = new Asked(exchange, json);
            try {
                handler.answer(asked);
            } catch (IllegalArgumentException e) {
                asked.refuse(400, "invalid_request_error", e.getMessage());
            }
        }
    }

    /** One request and its answer. */
    record Asked(HttpExchange exchange, ObjectMapper json) {

        String path() {
            return exchange.getRequestURI().getPath();
        }

        boolean is(String method, String path) {
            return exchange.getRequestMethod().equals(method) && path().equals(path);
        }

        /**
         * The body.
         *
         * @throws IllegalArgumentException where it is no JSON object
         */
        JsonNode body() throws IOException {
            byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new IllegalArgumentException("the body is larger than 16 MB");
            }
            try {
                JsonNode body = json.readTree(bytes);
                if (body.isObject()) {
                    return body;
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("the body is not valid JSON", e);
            }
            throw new IllegalArgumentException("the body must be a JSON object");
        }

        void answer(int status, ObjectNode body) throws IOException {
            byte[] bytes = json.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }

        void refuse(int status, String code, String message) throws IOException {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode error = body.putObject("error");
            error.put("message", message);
            error.put("type", status < 500 ? "invalid_request_error" : "server_error");
            error.putNull("param");
            error.put("code", code);
            body.put("system_fingerprint", Completion.STUB);
            answer(status, body);
        }

        /** Begins an answer of server-sent events. */
        Events events() throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            return new Events(exchange.getResponseBody());
        }
    }

    /** Server-sent events, each sent at once. */
    record Events(OutputStream out) implements AutoCloseable {

        void send(String data) throws IOException {
            out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
