package dev.acey.dataset.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            page.forEach(entry -> prompts.add(entry.llmPrompt().asText()));

            assertEquals("c", page.nextCursor());
            assertEquals(List.of("question 0", "question 1", "question 2"), prompts);
        }
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
