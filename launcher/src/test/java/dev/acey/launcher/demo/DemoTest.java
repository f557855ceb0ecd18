package dev.acey.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final URI STUB = URI.create("http://127.0.0.1:8090");

    private final Map<String, String> puts = new ConcurrentSkipListMap<>();
    private volatile int status = 200;
    private HttpServer gateway;

    @BeforeEach
    void aSystemWhereOneTaskIsServed() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        String body =
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        if (exchange.getRequestMethod().equals("PUT")) {
                            puts.put(exchange.getRequestURI().getPath(), body);
                        }
                        byte[] answer =
                                """
                                {"tasks": [{"taskType": "game", "baseline": null},
                                 {"taskType": "audio", "baseline": "theirs"}]}
                                """
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private Demo demo() {
        return new Demo(URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()), STUB);
    }

    @Test
    void everyPersonaIsAModelAndOnlyTasksThatNothingServesUseThem() throws Exception {
        demo().setUp();
        assertEquals(
                Map.of(
                        "/api/models/demo-broken", model("broken"),
                        "/api/models/demo-calm", model("calm"),
                        "/api/models/demo-fresh", model("fresh"),
                        "/api/models/demo-hype", model("hype"),
                        "/api/tasks/game",
                                "{\"baseline\":\"demo-calm\",\"candidate\":\"demo-fresh\"}"),
                puts);
    }

    private static String model(String persona) {
        return "{\"baseUrl\":\"http://127.0.0.1:8090/v1\",\"upstreamModel\":\"%s\"}"
                .formatted(persona);
    }

    @Test
    void aRefusalIsNamed() {
        status = 503;
        IOException refused = assertThrows(IOException.class, () -> demo().setUp());
        assertTrue(refused.getMessage().contains("503"), refused.getMessage());
        assertTrue(refused.getMessage().contains("/api/models/demo-calm"), refused.getMessage());
    }
}
