package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WritingTest {

    @Test
    void wordsKeepTheirApostrophesAndLoseTheirCase() {
        Writing writing = Writing.of("Don't fold, Ann’s 'bluff' won't HOLD");

        assertEquals(
                Set.of("don't", "fold", "ann's", "bluff", "won't", "hold"),
                writing.words().keySet());
        assertEquals(6, writing.wordCount());
        assertEquals(6, writing.capitals());
        assertEquals(1, writing.commas());
    }

    @Test
    void aSentenceEndsAtItsMarksOrItsLine() {
        assertEquals(3, Writing.of("One. Two?! Three").sentences());
        assertEquals(1, Writing.of("It costs 3.50 at example.com, ok").sentences());
        assertEquals(2, Writing.of("a heading\nand a line...").sentences());
        assertEquals(2, Writing.of("これは一つ。これは二つ。").sentences());
        assertEquals(0, Writing.of("... !!!\n\n").sentences());
    }

    @Test
    void marksAreCounted() {
        Writing writing = Writing.of("Really?! Yes: (2) \"sure\"; go!\n- one\n2. two\n\nthree");

        assertEquals(1, writing.questionMarks());
        assertEquals(2, writing.exclamationMarks());
        assertEquals(2, writing.colonsAndSemicolons());
        assertEquals(4, writing.bracketsAndQuotes());
        assertEquals(2, writing.digits());
        assertEquals(2, writing.bullets());
        assertEquals(4, writing.lines());
        assertEquals(4, writing.lineBreaks());
    }

    @Test
    void onlyTheBeginningOfAVeryLongTextIsRead() {
        assertEquals(Writing.MOST_CHARACTERS, Writing.of("word ".repeat(100_000)).characters());
    }

    @Property
    void everyTextHasFiniteFeatures(@ForAll String text) {
        double[] features = Features.of(text);

        assertEquals(Features.NAMES.size(), features.length);
        for (double feature : features) {
            assertTrue(Double.isFinite(feature) && feature >= 0);
        }
    }

    @Test
    void thereAreEighteenFeaturesOfStyleAndAHundredFunctionWords() {
        assertEquals(100, FunctionWords.CANDIDATES.size());
        assertEquals(100, Set.copyOf(FunctionWords.CANDIDATES).size());
        assertEquals(Features.STYLE_FEATURES + 100, Features.NAMES.size());
        assertEquals(
                "words of seven letters or more per word",
                Features.NAMES.get(Features.STYLE_FEATURES - 1));
    }
}
