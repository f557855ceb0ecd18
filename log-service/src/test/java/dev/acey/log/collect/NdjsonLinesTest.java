package dev.acey.log.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NdjsonLinesTest {

    private static final int LONGEST = 6;
    private static final String TOO_LONG = "(too long)";

    @Property
    void whereABodyIsCutMakesNoDifference(
            @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'b') String letters,
            @ForAll @Size(max = 12) List<@IntRange(max = 59) Integer> lineFeeds,
            @ForAll @Size(max = 8) List<@IntRange(max = 59) Integer> cuts) {
        StringBuilder body = new StringBuilder(letters);
        lineFeeds.stream().filter(at -> at < body.length()).forEach(at -> body.setCharAt(at, '\n'));
        assertEquals(expected(body.toString()), cut(body.toString(), cuts));
    }

    @Test
    void theLastLineNeedsNoLineFeed() {
        assertEquals(List.of("1:a", "2:b"), cut("a\nb", List.of()));
        assertEquals(List.of("1:a", "2:b"), cut("a\nb\n", List.of()));
        assertEquals(List.of(), cut("", List.of()));
    }

    @Test
    void aLineThatIsTooLongIsReportedAndTheNextOneRead() {
        assertEquals(
                List.of("1:" + TOO_LONG, "2:123456", "3:" + TOO_LONG),
                cut("1234567\n123456\n12345678", List.of(3, 9, 17)));
    }

    private static List<String> expected(String body) {
        List<String> lines = new ArrayList<>();
        String[] parts = body.split("\n", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean afterLastLineFeed = i == parts.length - 1;
            if (!afterLastLineFeed || !parts[i].isEmpty()) {
                lines.add((i + 1) + ":" + (parts[i].length() > LONGEST ? TOO_LONG : parts[i]));
            }
        }
        return lines;
    }

    private static List<String> cut(String body, List<Integer> cuts) {
        List<String> seen = new ArrayList<>();
        NdjsonLines lines =
                new NdjsonLines(
                        LONGEST,
                        (number, line) ->
                                seen.add(
                                        number
                                                + ":"
                                                + (line == null
                                                        ? TOO_LONG
                                                        : new String(
                                                                line, StandardCharsets.UTF_8))));
        int from = 0;
        for (int to : cuts.stream().sorted().toList()) {
            if (to > from && to < body.length()) {
                lines.add(Buffer.buffer(body.substring(from, to)));
                from = to;
            }
        }
        lines.add(Buffer.buffer(body.substring(from)));
        lines.end();
        return seen;
    }
}
