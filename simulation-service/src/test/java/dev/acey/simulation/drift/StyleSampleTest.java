package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.simulation.Chatter;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StyleSampleTest {

    @Test
    void theSameVoiceHasNotDrifted() {
        Drift drift = drift(80, line -> line);

        assertEquals(1, drift.pValue());
        assertEquals(0, drift.score());
        assertFalse(drift.drifted());
        assertEquals(0, drift.largestShift());
    }

    @Test
    void aVoiceThatShoutsHasDriftedAndTheFeatureIsNamed() {
        Drift drift = drift(80, StyleSampleTest::shouted);

        assertEquals(0.001, drift.pValue());
        assertTrue(drift.drifted());
        Drift.DriftFeature top = drift.features().get(0);
        assertEquals("exclamation marks per sentence", top.name());
        assertTrue(top.candidate() > top.baseline());
        assertTrue(top.shift() > 1);
        assertTrue(top.contribution() > 0.5);
    }

    @Test
    void aPoliteOpeningOnEveryAnswerIsDrift() {
        assertTrue(drift(60, line -> "Certainly! I would be happy to help. " + line).drifted());
    }

    @Test
    void fewerThanFortyPromptsAreNotTested() {
        Drift drift = drift(39, StyleSampleTest::shouted);

        assertNull(drift.pValue());
        assertNull(drift.score());
        assertNull(drift.drifted());
        assertTrue(drift.method().contains("too little"), drift.method());
    }

    @Test
    void betweenFortyAndSixtyPromptsDriftCanBeFoundButNotRuledOut() {
        assertTrue(drift(40, StyleSampleTest::shouted).drifted());
        assertNull(drift(59, line -> line).drifted());
        assertNotNull(drift(59, line -> line).pValue());
        assertFalse(drift(60, line -> line).drifted());
    }

    @Test
    void promptsOnWhichNeitherSaysAnythingDoNotCount() {
        StyleSample sample = new StyleSample(0);
        for (int i = 0; i < 100; i++) {
            sample.add(" ", "");
        }

        assertEquals(0, sample.seen());
        assertNull(sample.test(() -> false).pValue());
    }

    @Test
    void ofVeryManyPromptsASampleIsTestedTheSameForTheSameSeed() {
        Drift drift = drift(StyleSample.MOST_PAIRS + 500, StyleSampleTest::shouted);

        assertTrue(drift.method().contains("1000 (sampled of 1500) prompts"), drift.method());
        assertEquals(drift, drift(StyleSample.MOST_PAIRS + 500, StyleSampleTest::shouted));
    }

    @Test
    void contributionsAreSharesOfAllShifts() {
        double shown =
                drift(80, StyleSampleTest::shouted).features().stream()
                        .mapToDouble(Drift.DriftFeature::contribution)
                        .sum();

        assertTrue(shown > 0.9 && shown <= 1 + 1e-9);
    }

    private static String shouted(String line) {
        return line.replace('.', '!');
    }

    private static Drift drift(int prompts, UnaryOperator<String> candidate) {
        StyleSample sample = new StyleSample(5);
        for (int i = 0; i < prompts; i++) {
            sample.add(Chatter.line(i), candidate.apply(Chatter.line(i)));
        }
        return sample.test(() -> false);
    }
}
