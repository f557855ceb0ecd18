package dev.acey.dataset.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    /** Of surrogate pairs, wherever the encoder's buffers end; nothing is escaped needlessly. */
    @Property(tries = 300)
    void aLineIsTheUtf8OfTheTreesJson(
            @ForAll @StringLength(max = 3_000) @CharRange(from = ' ', to = '\ud7ff') String text,
            @ForAll double number) {
        ObjectNode tree = Entries.JSON.createObjectNode();
        tree.put("t", text + "\ud83d\ude00".repeat(text.length())).put("n", number);
        tree.putArray("é\n").add(text).addNull();

        byte[] expected = (JsonLine.json(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(expected, JsonLine.of(tree).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halfOfASurrogatePairIsNoLineWhereverItStands(String half) {
        ObjectNode tree = Entries.JSON.createObjectNode();

        assertEquals(Optional.empty(), JsonLine.of(tree.deepCopy().put("a", half)));
        assertEquals(Optional.empty(), JsonLine.of(tree.deepCopy().put(half, 1)));
        ObjectNode deep = tree.deepCopy();
        deep.putArray("a").addObject().putArray("b").add(half);
        assertEquals(Optional.empty(), JsonLine.of(deep));
    }

    @Test
    void doublesAreWrittenAlikeOnEveryJava() {
        ObjectNode tree =
                Entries.JSON.createObjectNode().put("n", 2.0e-3).put("m", 2.2250738585072014E-308);

        assertEquals(
                "{\"n\":0.002,\"m\":2.2250738585072014E-308}\n",
                new String(JsonLine.of(tree).orElseThrow(), StandardCharsets.UTF_8));
    }
}
