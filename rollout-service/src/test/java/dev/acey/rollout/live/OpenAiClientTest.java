package dev.acey.rollout.live;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.acey.rollout.LogService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, told another base URL and nothing else. */
@QuarkusTest
class OpenAiClientTest {

    LogService log;

    @TestHTTPResource URL url;

    private final String task = "o" + UUID.randomUUID();
    private FakeModel model;
    private OpenAIClient client;

    @BeforeEach
    void connect() {
        log.takesEverything();
        await().untilAsserted(() -> get("/internal/rules/active").statusCode(200));
        model = new FakeModel();
        put("/api/tasks/" + task, "{\"baseline\": \"" + model.name() + "\"}").statusCode(200);
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl("http://" + url.getHost() + ":" + url.getPort() + "/v1")
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
    }

    @AfterEach
    void close() {
        client.close();
        model.close();
    }

    @Test
    void itGetsAnAnswer() {
        model.says("Nice hand!");
        ChatCompletion answer = client.chat().completions().create(asking().build());
        assertEquals("Nice hand!", answer.choices().get(0).message().content().orElseThrow());
        assertEquals(1_500, answer.usage().orElseThrow().totalTokens());
    }

    @Test
    void itGetsAToolCallAlsoAsAStream() {
        model.gives(
                (ObjectNode)
                        FakeModel.json(
                                "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{"
                                        + "\"id\": \"call_1\", \"type\": \"function\", \"function\":"
                                        + " {\"name\": \"deal\", \"arguments\": \"{\\\"n\\\": 2}\"}}]}"),
                "tool_calls");
        for (ChatCompletion answer :
                new ChatCompletion[] {
                    client.chat().completions().create(asking().build()), streamed(asking())
                }) {
            var call = answer.choices().get(0).message().toolCalls().orElseThrow().get(0);
            assertEquals("deal", call.asFunction().function().name());
            assertEquals("{\"n\": 2}", call.asFunction().function().arguments());
        }
    }

    @Test
    void itGetsABufferedStreamWithItsUsage() {
        String text = "word ".repeat(300).strip() + " \uD83C\uDCCF";
        model.says(text);
        ChatCompletion answer =
                streamed(
                        asking().streamOptions(
                                        ChatCompletionStreamOptions.builder()
                                                .includeUsage(true)
                                                .build()));
        assertEquals(text, answer.choices().get(0).message().content().orElseThrow());
        assertEquals(1_500, answer.usage().orElseThrow().totalTokens());
        assertTrue(model.asked().get(0).path("stream").isMissingNode(), "asked for as a whole");
    }

    @Test
    void itGetsAPassedThroughStream() throws IOException {
        try (StreamingModel streaming = new StreamingModel()) {
            streaming.streams(
                    talk -> {
                        talk.delta("{\"role\": \"assistant\", \"content\": \"\"}");
                        talk.says("Hello ");
                        talk.says("world");
                        talk.finishes("stop");
                    });
            put(
                            "/api/tasks/" + task,
                            "{\"streaming\": \"passthrough\", \"baseline\": \""
                                    + streaming.name()
                                    + "\"}")
                    .statusCode(200);
            ChatCompletion answer = streamed(asking());
            assertEquals("Hello world", answer.choices().get(0).message().content().orElseThrow());
        }
    }

    @Test
    void itIsToldWhatIsWrong() {
        BadRequestException two =
                assertThrows(
                        BadRequestException.class,
                        () -> client.chat().completions().create(asking().n(2).build()));
        assertEquals("n", two.param().orElseThrow());
        assertThrows(
                NotFoundException.class,
                () ->
                        client.chat()
                                .completions()
                                .create(asking().model("acey/nobody-serves-this").build()));
    }

    @Test
    void itListsTheModels() {
        assertTrue(
                client.models().list().data().stream()
                        .anyMatch(listed -> listed.id().equals("acey/" + task)));
    }

    private ChatCompletion streamed(ChatCompletionCreateParams.Builder asking) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(asking.build())) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private ChatCompletionCreateParams.Builder asking() {
        return ChatCompletionCreateParams.builder().model("acey/" + task).addUserMessage("Hi");
    }
}
