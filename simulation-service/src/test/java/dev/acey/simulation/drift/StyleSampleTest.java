package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.simulation.Chatter;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StyleSampleTest {

    private static final List<String> GERMAN =
            List.of(
                    "Der Fluss meinte es gut mit ihr, und die Chips wandern.",
                    "Das ist ein mutiger Einsatz, wir haben ihn schon gesehen.",
                    "Zwei Paare also, das war genug für den Topf.",
                    "Niemand hätte viel anders machen können.");

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
            sample.add(i, null, " ", "");
        }

        assertEquals(0, sample.seen());
        assertNull(sample.test(() -> false).pValue());
    }

    @Test
    void ofVeryManyPromptsASampleIsTestedTheSameForTheSameSeed() {
        Drift drift = drift(Drift.MOST_OUTPUTS + 500, StyleSampleTest::shouted);

        assertTrue(drift.method().contains("1000 (sampled of 1500) prompts"), drift.method());
        assertEquals(drift, drift(Drift.MOST_OUTPUTS + 500, StyleSampleTest::shouted));
    }

    @Test
    void contributionsAreSharesOfAllShifts() {
        double shown =
                drift(80, StyleSampleTest::shouted).features().stream()
                        .mapToDouble(Drift.DriftFeature::contribution)
                        .sum();

        assertTrue(shown > 0.9 && shown <= 1 + 1e-9);
    }

    @Test
    void whatMovedMostIsShownOnPromptsOfTheSimulation() {
        List<Drift.DriftFeature> features = drift(80, StyleSampleTest::shouted).features();

        for (Drift.Example example : features.get(0).examples()) {
            assertEquals("both", example.side());
            assertEquals(id(example.position()), example.logId());
            assertTrue(Chatter.line(example.position()).contains("."));
        }
        assertEquals(2, features.get(0).examples().size());
        assertEquals(List.of(), features.get(9).examples());
    }

    @Test
    void theMethodSaysWhatOtherLanguagesGet() {
        StyleSample german = new StyleSample(5);
        for (int i = 0; i < 60; i++) {
            String line = GERMAN.get(i % GERMAN.size()) + " Runde " + i + " beginnt.";
            german.add(i, null, line, line.replace('.', '!'));
        }

        Drift drift = german.test(() -> false);

        assertTrue(drift.method().contains("not English"), drift.method());
        assertTrue(drift.drifted());
        assertTrue(drift(60, line -> line).method().contains("; English, "));
    }

    private static UUID id(int position) {
        return new UUID(7, position);
    }

    private static String shouted(String line) {
        return line.replace('.', '!');
    }

    private static Drift drift(int prompts, UnaryOperator<String> candidate) {
        StyleSample sample = new StyleSample(5);
        for (int i = 0; i < prompts; i++) {
            sample.add(i, id(i), Chatter.line(i), candidate.apply(Chatter.line(i)));
        }
        return sample.test(() -> false);
    }
}
