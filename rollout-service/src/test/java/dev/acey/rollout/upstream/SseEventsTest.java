package dev.acey.rollout.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SseEventsTest {

    @Property(tries = 300)
    void whereverTheBodyIsCutTheEventsAreTheSame(
            @ForAll @Size(max = 6) List<@Size(max = 3) List<String>> events,
            @ForAll("ends") String end,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> cuts) {
        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (List<String> lines : events) {
            List<String> clean = lines.stream().map(SseEventsTest::oneLine).toList();
            body.append(": comment").append(end).append("id: 1").append(end);
            clean.forEach(line -> body.append("data: ").append(line).append(end));
            body.append(end);
            if (!clean.isEmpty()) {
                expected.add(String.join("\n", clean));
            }
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        SseEvents parser = new SseEvents(Long.MAX_VALUE);
        List<String> read = new ArrayList<>();
        for (int from = 0, i = 0; from < bytes.length; i++) {
            int to = Math.min(bytes.length, from + cuts.get(i % cuts.size()));
            read.addAll(parser.add(Buffer.buffer(bytes).slice(from, to)));
            from = to;
        }
        assertEquals(expected, read);
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> ends() {
        return net.jqwik.api.Arbitraries.of("\n", "\r\n", "\r");
    }

    @Example
    void aBodyThatDoesNotEndIsGivenUp() {
        SseEvents parser = new SseEvents(10);
        parser.add(Buffer.buffer("data: 1234"));
        assertThrows(SseEvents.TooLongException.class, () -> parser.add(Buffer.buffer("5")));
    }

    private static String oneLine(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\r\n]", "");
    }
}
