package dev.acey.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubModelTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06Z");
    private static final String AT_ONCE = "{\"latencyMs\": 0, \"jitterMs\": 0}";
    private static final String TOOLS =
            ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"raise\","
                    + " \"parameters\": {\"type\": \"object\", \"properties\": {\"chips\":"
                    + " {\"type\": \"integer\"}, \"how\": {\"enum\": [\"slow\", \"fast\"]}},"
                    + " \"required\": [\"chips\", \"how\"]}}}]";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private StubModel stub;

    @BeforeEach
    void startAtOnce() throws Exception {
        stub = StubModel.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        for (String persona : List.of("calm", "fresh", "hype", "broken")) {
            assertEquals(200, behave(persona, AT_ONCE).statusCode());
        }
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void anAnswerIsAnActionWithUsageAndSaysThatAStubGaveIt() throws Exception {
        HttpResponse<String> response = chat("calm", "Your turn", "");
        assertEquals(200, response.statusCode());
        assertEquals("true", response.headers().firstValue("X-Acey-Stub").orElseThrow());
        JsonNode answer = json.readTree(response.body());
        assertEquals("chat.completion", answer.path("object").asText());
        assertEquals("acey-stub", answer.path("system_fingerprint").asText());
        assertEquals(NOW.getEpochSecond(), answer.path("created").asLong());
        assertEquals("calm", answer.path("model").asText());
        JsonNode choice = answer.path("choices").path(0);
        assertEquals("stop", choice.path("finish_reason").asText());
        JsonNode output = json.readTree(choice.path("message").path("content").asText());
        assertFalse(output.path("speech").asText().isEmpty());
        assertTrue(output.path("intents").isArray());
        JsonNode usage = answer.path("usage");
        assertEquals(3, usage.path("prompt_tokens").asInt());
        assertTrue(usage.path("completion_tokens").asInt() > 0);
        assertEquals(
                usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt(),
                usage.path("total_tokens").asInt());
    }

    @Test
    void theSamePromptIsAnsweredAlike() throws Exception {
        assertEquals(content(chat("calm", "same", "")), content(chat("fresh", "same", "")));
    }

    @Test
    void aStreamSaysTheSameInPiecesAndEndsWithTheUsageAskedFor() throws Exception {
        String more = ", \"stream\": true, \"stream_options\": {\"include_usage\": true}";
        HttpResponse<String> response = chat("calm", "Your turn", more);
        assertEquals(
                "text/event-stream", response.headers().firstValue("Content-Type").orElseThrow());
        List<String> events = events(response.body());
        assertEquals("[DONE]", events.get(events.size() - 1));

        StringBuilder said = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode chunk = json.readTree(event);
            assertEquals("acey-stub", chunk.path("system_fingerprint").asText());
            assertEquals("chat.completion.chunk", chunk.path("object").asText());
            said.append(chunk.path("choices").path(0).path("delta").path("content").asText(""));
        }
        assertEquals(content(chat("calm", "Your turn", "")), said.toString());
        JsonNode last = json.readTree(events.get(events.size() - 2));
        assertTrue(last.path("usage").path("total_tokens").asInt() > 0);
        assertTrue(last.path("choices").isEmpty());
    }

    @Test
    void aToolIsCalledWhereItIsAskedFor() throws Exception {
        for (HttpResponse<String> response :
                List.of(
                        chat("calm", "please raise", TOOLS),
                        chat("calm", "please", TOOLS + ", \"tool_choice\": \"required\""))) {
            JsonNode choice = json.readTree(response.body()).path("choices").path(0);
            assertEquals("tool_calls", choice.path("finish_reason").asText());
            assertTrue(choice.path("message").path("content").isNull());
            JsonNode function = choice.path("message").path("tool_calls").path(0).path("function");
            assertEquals("raise", function.path("name").asText());
            assertEquals("{\"chips\":1,\"how\":\"slow\"}", function.path("arguments").asText());
        }
        String none = TOOLS + ", \"tool_choice\": \"none\"";
        assertTrue(content(chat("calm", "please raise", none)).contains("speech"));
        assertTrue(content(chat("calm", "please call", TOOLS)).contains("speech"));
    }

    @Test
    void plainTextIsTheSpeechAlone() throws Exception {
        String text = content(chat("calm", "x", ", \"response_format\": {\"type\": \"text\"}"));
        assertEquals(json.readTree(content(chat("calm", "x", ""))).path("speech").asText(), text);
    }

    @Test
    void aPersonaBehavesAsItIsToldFromTheNextRequestOn() throws Exception {
        String before = content(chat("fresh", "hello", ""));
        behave("fresh", "{\"drift\": 1}");
        String drifted = content(chat("fresh", "hello", ""));
        assertNotEquals(before, drifted);
        assertTrue(
                json.readTree(drifted).path("intents").path(0).path("confidence").asDouble() < 0.5);

        behave("fresh", "{\"errorRate\": 1}");
        HttpResponse<String> failed = chat("fresh", "hello", "");
        assertEquals(500, failed.statusCode());
        assertEquals("server_error", error(failed).path("type").asText());
        assertEquals("acey-stub", json.readTree(failed.body()).path("system_fingerprint").asText());

        behave("fresh", "{\"errorRate\": 0, \"drift\": 0}");
        assertEquals(before, content(chat("fresh", "hello", "")));
        JsonNode control = json.readTree(get("/control").body());
        assertEquals(0, control.path("fresh").path("errorRate").asDouble());
        assertEquals(0.8, control.path("hype").path("drift").asDouble());
    }

    @Test
    void aShareOfTheRequestsFails() throws Exception {
        behave("broken", "{\"errorRate\": 0.5, \"drift\": 0}");
        int failed = 0;
        for (int i = 0; i < 100; i++) {
            failed += chat("broken", "hello", "").statusCode() == 500 ? 1 : 0;
        }
        assertTrue(failed > 25 && failed < 75, failed + " of 100 failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"errorRate\": 2}    | errorRate must be from 0 to 1",
                "{\"errorRate\": -1}   | errorRate must be from 0 to 1",
                "{\"latencyMs\": 1e9}  | latencyMs",
                "{\"latencyMs\": null} | latencyMs",
                "{\"latencyMs\": \"1\"} | latencyMs",
                "{\"latencyMs\": 60001} | latencyMs must be from 0 to 60000",
                "{\"speed\": 1}        | speed",
                "[]                    | object",
                "{                     | JSON",
            })
    void aBehaviourThatCannotBeIsRefusedByName(String change, String reason) throws Exception {
        HttpResponse<String> refused = behave("calm", change);
        assertEquals(400, refused.statusCode());
        String message = error(refused).path("message").asText();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void whatItCannotAnswerIsToldInOpenAisShape() throws Exception {
        assertEquals(404, chat("gpt", "x", "").statusCode());
        assertEquals("model_not_found", error(chat("gpt", "x", "")).path("code").asText());
        assertEquals(400, chat("calm", "x", ", \"n\": 2").statusCode());
        assertEquals(404, get("/v1/nothing").statusCode());
        assertEquals(404, behave("nobody", "{}").statusCode());
        assertEquals(
                "calm",
                json.readTree(get("/v1/models").body()).path("data").path(0).path("id").asText());
    }

    private HttpResponse<String> chat(String persona, String prompt, String more)
            throws IOException, InterruptedException {
        String body =
                "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s}"
                        .formatted(persona, prompt, more);
        return send("POST", "/v1/chat/completions", body);
    }

    private HttpResponse<String> behave(String persona, String change)
            throws IOException, InterruptedException {
        return send("PATCH", "/control/" + persona, change);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(stub.url().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String content(HttpResponse<String> response) throws IOException {
        assertEquals(200, response.statusCode(), response.body());
        return json.readTree(response.body())
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }

    private JsonNode error(HttpResponse<String> response) throws IOException {
        return json.readTree(response.body()).path("error");
    }

    private static List<String> events(String body) {
        List<String> events = new ArrayList<>();
        for (String event : body.split("\n\n", -1)) {
            if (event.startsWith("data: ")) {
                events.add(event.substring("data: ".length()));
            }
        }
        return events;
    }
}
