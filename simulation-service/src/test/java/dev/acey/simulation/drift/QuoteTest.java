package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static final String MARKS = "exclamation marks per sentence";

    @Test
    void theSentenceWithMostOfTheFeatureIsQuoted() {
        assertEquals("What a hand!", Quote.of("The river came. What a hand! Next blind.", MARKS));
    }

    @Test
    void whereNothingStandsOutTheFirstSentenceIsQuoted() {
        assertEquals("The river came.", Quote.of("The river came. Next blind.", MARKS));
        assertEquals("The river came.", Quote.of("The river came. Next!", "no such feature"));
    }

    @Property
    void aQuoteIsShortAndOfWholeCharacters(@ForAll String text) {
        String quote = Quote.of(text, MARKS);

        assertTrue(quote.length() <= Quote.LONGEST);
        assertTrue(
                quote.isEmpty()
                        || !Character.isHighSurrogate(quote.charAt(quote.length() - 1))
                        || Character.isHighSurrogate(
                                text.strip().charAt(text.strip().length() - 1)));
    }

    @Test
    void aLongSentenceIsCutOff() {
        String quote = Quote.of("word ".repeat(100), MARKS);

        assertEquals(Quote.LONGEST, quote.length());
        assertTrue(quote.endsWith("…"));
    }
}
