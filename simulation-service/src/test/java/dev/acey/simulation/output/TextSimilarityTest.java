package dev.acey.simulation.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextSimilarityTest {

    @Test
    void itCountsCommonPieces() {
        assertEquals(1, TextSimilarity.of("A  nice\nhand", "a nice hand"));
        assertEquals(0, TextSimilarity.of("abc", "xyz"));
        assertEquals(2.0 * 2 / 5, TextSimilarity.of("abcd", "abcde"), 1e-12);
        assertEquals(1, TextSimilarity.of("", " "));
        assertEquals(0, TextSimilarity.of("", "a"));
        assertEquals(1, TextSimilarity.of("ok", "OK"));
    }

    @Test
    void itWorksInEveryScript() {
        assertTrue(TextSimilarity.of("おめでとうございます", "おめでとうござる") > 0.5);
        assertTrue(TextSimilarity.of("🎲🎲🎲", "🃏🃏🃏") < 1);
    }

    @Property
    void itIsSymmetricWithinZeroAndOneAndOneForTheSame(@ForAll String a, @ForAll String b) {
        double similarity = TextSimilarity.of(a, b);

        assertEquals(similarity, TextSimilarity.of(b, a));
        assertTrue(similarity >= 0 && similarity <= 1);
        assertEquals(1, TextSimilarity.of(a, a));
    }
}
