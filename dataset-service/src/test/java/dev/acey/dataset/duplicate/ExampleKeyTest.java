package dev.acey.dataset.duplicate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a b|a  b",
                "a b| a b ",
                "a b|a\u00a0b",
                "a b|a\t\u3000b",
                "\u00e9|e\u0301",
                "\ud55c|\u1112\u1161\u11ab"
            })
    void textsThatDifferInEncodingAndSpacingOnlyAreTheSame(String one, String other) {
        assertArrayEquals(key(one, "x"), key(other, "x"));
    }

    @ParameterizedTest
    @CsvSource({"a, A", "a b, ab", "a, b", "fi, \ufb01", "1, 1.0"})
    void textsThatReadDifferentlyAreDifferent(String one, String other) {
        assertFalse(Arrays.equals(key(one, "x"), key(other, "x")));
    }

    @Test
    void textsDoNotRunIntoOneAnother() {
        assertFalse(Arrays.equals(key("ab", "c"), key("a", "bc")));
        assertFalse(Arrays.equals(key("ab", ""), key("", "ab")));
    }

    @Property
    void normalisingTwiceChangesNothing(@ForAll String text) {
        String once = ExampleKey.normalised(text);

        assertEquals(once, ExampleKey.normalised(once));
    }

    private static byte[] key(String input, String output) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        return ExampleKey.of(fields.put("input", input).put("output", output));
    }
}
