package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.simulation.Chatter;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReferenceTestTest {

    private static final long SEED = 5;
    private static final int ELSEWHERE = 10_000;

    @Test
    void theSameVoiceOnOtherPromptsHasNotDrifted() {
        Drift drift = test(reference(120), candidate(120, line -> line));

        assertTrue(drift.pValue() > 0.01, drift::toString);
        assertFalse(drift.drifted());
        assertTrue(
                drift.method().contains("120 outputs of the reference and 120 of the candidate"));
    }

    @Test
    void aVoiceThatShoutsHasDriftedAndBothSidesShowIt() {
        Drift drift = test(reference(120), candidate(80, line -> line.replace('.', '!')));

        assertEquals(0.001, drift.pValue());
        assertTrue(drift.drifted());
        Drift.DriftFeature top = drift.features().get(0);
        assertEquals("exclamation marks per sentence", top.name());
        assertEquals("reference", top.examples().get(0).side());
        assertNull(top.examples().get(0).position());
        assertTrue(top.examples().get(0).logId().getLeastSignificantBits() < ELSEWHERE);
        assertEquals("candidate", top.examples().get(1).side());
        assertTrue(top.examples().get(1).position() >= ELSEWHERE);
    }

    /** Each by itself is too small to tell. */
    @Test
    void severalTasksTogetherAreTestedWithTheSameMixOnBothSides() {
        List<ReferenceTest.Task> tasks =
                List.of(
                        new ReferenceTest.Task(reference(200), candidate(30, String::toUpperCase)),
                        new ReferenceTest.Task(reference(35), candidate(90, String::toUpperCase)));

        Drift drift = ReferenceTest.of(tasks, SEED, () -> false);

        assertTrue(drift.drifted());
        assertTrue(drift.method().contains("65 outputs of the reference and 65 of the candidate"));
        assertNull(ReferenceTest.of(tasks.subList(0, 1), SEED, () -> false).pValue());
    }

    @Test
    void ofVeryManyOutputsAThousandASideAreTested() {
        Drift drift = test(reference(1_300), candidate(1_200, line -> line));

        assertTrue(drift.method().contains("1000 outputs of the reference and 1000 of"));
    }

    @Test
    void betweenFortyAndSixtyOutputsDriftIsNotRuledOut() {
        assertNull(test(reference(59), candidate(200, line -> line)).drifted());
        assertNull(test(reference(39), candidate(200, line -> line)).pValue());
    }

    @Test
    void aReferenceMeasuredInAnotherWayIsNotCompared() {
        StyleReference old = new StyleReference(0, reference(60).outputs());

        Drift drift = test(old, candidate(60, line -> line));

        assertNull(drift.pValue());
        assertTrue(drift.method().contains("pin it again"), drift.method());
    }

    @Test
    void aReferenceKeepsNoOutputWithoutAWord() {
        StyleReference.Collector collector = new StyleReference.Collector(SEED);
        collector.add(null, "…!");
        collector.add(null, "Fold.");

        assertEquals(1, collector.reference().outputs().size());
    }

    private static Drift test(StyleReference reference, StyleSample sample) {
        return ReferenceTest.of(
                List.of(new ReferenceTest.Task(reference, sample)), SEED, () -> false);
    }

    private static StyleReference reference(int outputs) {
        StyleReference.Collector collector = new StyleReference.Collector(SEED);
        for (int i = 0; i < outputs; i++) {
            collector.add(new UUID(7, i), Chatter.line(i));
        }
        return collector.reference();
    }

    private static StyleSample candidate(int outputs, UnaryOperator<String> voice) {
        StyleSample sample = new StyleSample(SEED);
        for (int i = ELSEWHERE; i < ELSEWHERE + outputs; i++) {
            sample.add(i, new UUID(7, i), Chatter.line(i), voice.apply(Chatter.line(i)));
        }
        return sample;
    }
}
