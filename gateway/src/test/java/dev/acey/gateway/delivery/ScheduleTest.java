package dev.acey.gateway.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06Z");

    private final Schedule schedule =
            new Schedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)));

    @ParameterizedTest
    @CsvSource({
        "1, PT0S, 0.5, PT5S",
        "1, PT0S, 0, PT4S",
        "1, PT0S, 1, PT6S",
        "2, PT0S, 0, PT48S",
        "2, PT0S, 1, PT72S",
        "1, PT30S, 0.5, PT30S",
        "1, PT1S, 0.5, PT5S",
        "1, PT240H, 0.5, PT1H",
    })
    void aPauseIsItsOwnAFifthMoreOrLessAndNoShorterThanAskedForUpToAnHour(
            int attempt, Duration asked, double chance, Duration pause) {
        assertEquals(Optional.of(pause), schedule.after(attempt, asked, chance));
    }

    @Test
    void afterTheLastAttemptThereIsNone() {
        assertEquals(Optional.empty(), schedule.after(3, Duration.ZERO, 0.5));
        assertEquals(Optional.empty(), schedule.after(9, Duration.ofHours(1), 0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "Thu, 15 Jan 2026 04:05:16 GMT | PT10S",
                "Thu, 15 Jan 2026 04:05:00 GMT | PT0S",
                "-1 | PT0S",
                "99999999999 | PT0S",
                "soon | PT0S",
                " | PT0S"
            })
    void retryAfterIsReadInBothItsForms(String header, Duration asked) {
        assertEquals(asked, Attempt.answered(503, "", header, NOW).retryAfter());
    }
}
