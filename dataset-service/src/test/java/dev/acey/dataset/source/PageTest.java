package dev.acey.dataset.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.dataset.Entries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void entriesComeInOrderWhereverTheCursorStands() throws IOException {
        String logs =
                IntStream.range(0, 3)
                        .mapToObj(i -> Entries.good(i).toString())
                        .collect(Collectors.joining(",", "[", "]"));

        for (String body :
                List.of(
                        "{\"logs\":" + logs + ",\"nextCursor\":\"c\",\"new\":{\"a\":[1]}}",
                        "{\"nextCursor\":\"c\",\"logs\":" + logs + "}")) {
            Page page = page(body);
            List<String> prompts = new ArrayList<>();
            page.forEach(call -> prompts.add(call.entry().llmPrompt().asText()));

            assertEquals("c", page.nextCursor());
            assertEquals(List.of("question 0", "question 1", "question 2"), prompts);
        }
    }

    @Test
    void anEntryComesWithTheAnswerThatAPersonShowed() throws IOException {
        String first = Entries.good(0).get("id").asText();
        String logs = "[" + Entries.good(0) + "," + Entries.good(1) + "]";
        Page page =
                page(
                        "{\"logs\":"
                                + logs
                                + ",\"demonstrations\":{\""
                                + first
                                + "\":{\"speech\":\"so\"}}}");
        List<Call> calls = new ArrayList<>();
        page.forEach(calls::add);

        assertEquals("so", calls.get(0).demonstration().get("speech").asText());
        assertTrue(calls.get(0).reviewed());
        assertNull(calls.get(1).demonstration());
        assertFalse(calls.get(1).reviewed());
    }

    @Test
    void theLastPageHasNoCursor() throws IOException {
        assertNull(page("{\"logs\":[],\"nextCursor\":null}").nextCursor());
        assertNull(page("{\"logs\":[]}").nextCursor());
    }

    @Test
    void anEntryAsDeepAsLogServiceTakesItIsRead() throws IOException {
        String deep = "[".repeat(200) + "]".repeat(200);
        String entry = Entries.good(1).toString().replace("\"intents\":[]", "\"intents\":" + deep);
        List<Object> read = new ArrayList<>();

        page("{\"logs\":[" + entry + "]}").forEach(read::add);

        assertEquals(1, read.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{\"logs\":[{", "{\"logs\":[],"})
    void whatIsNoPageIsAnError(String body) {
        assertThrows(IOException.class, () -> page(body));
    }

    private static Page page(String body) throws IOException {
        return Page.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
