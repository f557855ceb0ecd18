package dev.acey.simulation.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.simulation.replay.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource({
        "first, second, BASELINE",
        "second, first, CANDIDATE",
        "equal, equal, EQUAL",
        "first, first, UNSTEADY",
        "second, second, UNSTEADY",
        "first, equal, UNSTEADY",
        "first, neither, UNREADABLE",
        "both, second, UNREADABLE",
    })
    void onlyWhatBothOrdersSayIsAPreference(String forward, String swapped, Preference expected) {
        assertEquals(expected, Preference.of(says(forward), says(swapped)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "```json {\"better\": \"first\"} ``` | BASELINE",
                "I think {\"better\": \"first\"} | BASELINE",
                "first | UNREADABLE",
                "{\"better\": \"first\" | UNREADABLE",
            })
    void anOpinionIsFoundInWhatSurroundsIt(String raw, Preference expected) {
        assertEquals(expected, Preference.of(raw(raw), says("second")));
    }

    private static Answer says(String better) {
        return raw("{\"better\": \"" + better + "\"}");
    }

    private static Answer raw(String raw) {
        return new Answer("judge", "u", null, raw, "stop", 1.0, null, null);
    }
}
