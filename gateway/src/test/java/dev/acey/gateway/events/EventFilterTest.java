package dev.acey.gateway.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acey.kit.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {

    @ParameterizedTest
    @CsvSource({
        "alert.firing, alert.firing, true",
        "alert.firing, alert.firing2, false",
        "alert.firing, alert, false",
        "alert.*, alert.firing, true",
        "alert.*, alert, false",
        "alert.*, alerts.firing, false",
        "alert*, alerts.firing, true",
        "*, rollout.promoted, true",
        "rollout.*, alert.firing, false",
    })
    void aStarAtTheEndStandsForAnyEnd(String pattern, String type, boolean matches) {
        assertEquals(matches, EventFilter.of(List.of(pattern), "/events").matches(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*.firing",
                "alert.*.x",
                "**",
                "Alert",
                "alert.",
                "a b",
                "alert.\u0000"
            })
    void whatIsNoNameIsPointedAt(String pattern) {
        ProblemException refused =
                assertThrows(
                        ProblemException.class,
                        () -> EventFilter.of(List.of("alert.firing", pattern), "/events"));

        assertEquals("/events/1", refused.problem().errors().get(0).pointer());
    }

    @Test
    void aFilterNamesOneToFiftyEventsOnce() {
        List<String> many = IntStream.range(0, 51).mapToObj(i -> "a" + i).toList();
        for (List<String> wrong :
                List.of(
                        List.<String>of(),
                        many,
                        List.of("a", "a"),
                        Collections.<String>singletonList(null))) {
            assertThrows(ProblemException.class, () -> EventFilter.of(wrong, "/events"));
        }
        assertThrows(ProblemException.class, () -> EventFilter.of(null, "/events"));
        assertEquals(50, EventFilter.of(many.subList(0, 50), "/events").patterns().size());
    }
}
