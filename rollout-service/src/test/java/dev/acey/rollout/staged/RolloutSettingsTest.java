package dev.acey.rollout.staged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 30, 2000, 'acey.rollout.tick-seconds must be 1 to 60, not 0'",
        "61, 30, 2000, 'acey.rollout.tick-seconds must be 1 to 60, not 61'",
        "10, 0, 2000, 'acey.rollout.late-seconds must be 1 to 600, not 0'",
        "10, 30, 600001, 'acey.rollout.slow-millis must be 1 to 600000, not 600001'",
    })
    void whatIsOutOfBoundsStopsTheStartAndIsNamed(int tick, int late, int slow, String why) {
        assertEquals(
                why,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RolloutSettings(tick, late, slow))
                        .getMessage());
    }
}
