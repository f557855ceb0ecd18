package dev.acey.rollout.staged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 30, 2000, 600, 'acey.rollout.tick-seconds must be 1 to 60, not 0'",
        "61, 30, 2000, 600, 'acey.rollout.tick-seconds must be 1 to 60, not 61'",
        "10, 0, 2000, 600, 'acey.rollout.late-seconds must be 1 to 600, not 0'",
        "10, 30, 600001, 600, 'acey.rollout.slow-millis must be 1 to 600000, not 600001'",
        "10, 30, 2000, 0, 'acey.rollout.stage-seconds must be 1 to 86400, not 0'",
    })
    void whatIsOutOfBoundsStopsTheStartAndIsNamed(
            int tick, int late, int slow, int stage, String why) {
        assertEquals(
                why,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RolloutSettings(tick, late, slow, stage))
                        .getMessage());
    }
}
