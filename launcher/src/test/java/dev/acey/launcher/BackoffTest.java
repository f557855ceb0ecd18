package dev.acey.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void thePauseDoublesFromOneSecondToThirty() {
        List<Long> pauses =
                Stream.generate(() -> backoff.after(Duration.ofSeconds(2)).toSeconds())
                        .limit(8)
                        .toList();
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L), pauses);
    }

    @Test
    void aRunOfAMinuteIsForgivenWhatWentBefore() {
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);
        assertEquals(Duration.ofSeconds(1), backoff.after(Duration.ofMinutes(1)));
        assertEquals(Duration.ofSeconds(2), backoff.after(Duration.ofSeconds(59)));
    }
}
