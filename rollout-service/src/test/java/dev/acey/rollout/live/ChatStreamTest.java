package dev.acey.rollout.live;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.LogService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks whose answers stream to the client as they come. */
@QuarkusTest
class ChatStreamTest {

    LogService log;

    @TestHTTPResource URL url;

    private final String task = "s" + UUID.randomUUID();
    private final CountDownLatch gate = new CountDownLatch(1);
    private StreamingModel model;
    private StreamingModel candidate;

    @BeforeEach
    void aTaskPassesThrough() throws IOException {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        model = new StreamingModel();
        candidate = new StreamingModel();
        put(
                        "/api/tasks/" + task,
                        "{\"baseline\": \"%s\", \"candidate\": \"%s\", \"streaming\": \"passthrough\","
                                        .formatted(model.name(), candidate.name())
                                + " \"overrides\": {\"new\": \""
                                + candidate.name()
                                + "\"}}")
                .statusCode(200);
    }

    @AfterEach
    void close() {
        gate.countDown();
        model.close();
        candidate.close();
    }

    @Test
    void theBeginningArrivesWhileTheModelStillTalksAndTheWholeIsOnTheRecord() throws Exception {
        model.streams(
                talk -> {
                    talk.delta("{\"role\": \"assistant\", \"content\": \"\"}");
                    talk.says("Hello ");
                    gate.await();
                    talk.says("world");
                    talk.finishes("stop");
                });
        try (Client client = new Client()) {
            client.ask("");
            client.readTo("Hello ");
            assertTrue(client.read().contains("X-Acey-Decision: unjudged"), client.read());
            gate.countDown();
            client.readTo("[DONE]");
            assertTrue(!client.read().contains("prompt_tokens"), "nobody asked for the usage");

            JsonNode entry = entry(client.logId());
            assertEquals("Hello world", entry.get("llmOutput").asText());
            assertEquals("approved", entry.get("controlDecision").asText());
            assertEquals(7, entry.at("/performance/tokenCount").asInt());
            assertTrue(entry.at("/metadata/passedThrough").asBoolean());
        }
        assertTrue(model.lastRequest().contains("\"include_usage\":true"), model.lastRequest());
    }

    @Test
    void aClientThatHangsUpLeavesACompleteRecord() throws Exception {
        String piece = "0123456789".repeat(10_000);
        model.streams(
                talk -> {
                    for (int i = 0; i < 120; i++) {
                        talk.says(piece);
                    }
                    talk.finishes("stop");
                });
        UUID id;
        try (Client client = new Client()) {
            client.ask("");
            client.readTo("0123456789");
            id = client.logId();
        }
        JsonNode entry = entry(id);
        assertTrue(entry.at("/metadata/clientHungUp").asBoolean());
        assertEquals(7, entry.at("/performance/tokenCount").asInt());
        assertEquals("rejected", entry.get("controlDecision").asText());
    }

    @Test
    void anAnswerThatBreaksOffIsAnErrorInTheStreamAndOnTheRecord() {
        model.streams(
                talk -> {
                    talk.says("Hello");
                    talk.breaksOff();
                });
        ValidatableResponse answer =
                ask("ann", "")
                        .statusCode(200)
                        .contentType("text/event-stream")
                        .body(containsString("Hello"))
                        .body(containsString("\"code\":\"upstream_broken_off\""));
        JsonNode entry = entry(logId(answer));
        assertEquals("upstream_broken_off", entry.at("/error/type").asText());
        assertTrue(entry.get("autoRules").isNull());
    }

    @Test
    void aCandidateThatGivesNothingIsAnsweredForByTheBaseline() {
        model.streams(
                talk -> {
                    talk.says("saved");
                    talk.finishes("stop");
                });
        ValidatableResponse answer =
                ask("new", "\"stream_options\": {\"include_usage\": true},")
                        .statusCode(200)
                        .header("X-Acey-Variant", "candidate")
                        .header("X-Acey-Model", model.name())
                        .body(containsString("saved"))
                        .body(containsString("\"prompt_tokens\""));
        JsonNode routing = entry(logId(answer)).get("routing");
        assertEquals("baseline", routing.get("servedBy").asText());
        assertEquals("upstream_error", routing.at("/attempts/0/error").asText());
    }

    @Test
    void anErrorBeforeTheFirstByteIsAPlainAnswer() {
        ask("ann", "")
                .statusCode(502)
                .contentType("application/json")
                .body("error.code", org.hamcrest.Matchers.is("upstream_error"))
                .body(not(containsString("data:")));
    }

    private ValidatableResponse ask(String key, String more) {
        return given().contentType(ContentType.JSON)
                .header("X-Acey-Key", key)
                .body(body(more))
                .post("/v1/chat/completions")
                .then();
    }

    private String body(String more) {
        return "{\"model\": \"acey/"
                + task
                + "\", \"stream\": true, "
                + more
                + " \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
    }

    private static UUID logId(ValidatableResponse answer) {
        return UUID.fromString(answer.extract().header("X-Acey-Log-Id"));
    }

    private JsonNode entry(UUID id) {
        await().untilAsserted(() -> assertEquals(1, log.received(id).size()));
        return log.received(id).get(0);
    }

    /** A client that reads no more than it wants to. */
    private final class Client implements AutoCloseable {

        private final Socket socket = new Socket();
        private final StringBuilder read = new StringBuilder();
        private BufferedReader in;

        void ask(String more) throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            byte[] body = body(more).getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Type:"
                                            + " application/json\r\nContent-Length: "
                                            + body.length
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
                            1);
        }

        void readTo(String text) throws IOException {
            while (read.indexOf(text) < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new AssertionError("the answer ended: " + read);
                }
                read.append((char) c);
            }
        }

        String read() {
            return read.toString();
        }

        UUID logId() {
            String header = "X-Acey-Log-Id: ";
            int from = read.indexOf(header) + header.length();
            return UUID.fromString(read.substring(from, from + 36));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
