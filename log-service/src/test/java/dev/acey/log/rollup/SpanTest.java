package dev.acey.log.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SpanTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:34:56.789Z");
    private static final long YEAR_MILLIS = 366L * 24 * 3_600_000;
    private static final long DAY_MILLIS = 24L * 3_600_000;

    @Test
    void aTimeIsMadeOfDaysAndAtItsEdgesOfHoursAndMinutes() {
        assertEquals(
                List.of(
                        new Span(Resolution.HOUR, at("06-10T22:00"), at("06-11T00:00")),
                        new Span(Resolution.DAY, at("06-11T00:00"), at("06-15T00:00")),
                        new Span(Resolution.HOUR, at("06-15T00:00"), at("06-15T12:00")),
                        new Span(Resolution.TEN_MINUTES, at("06-15T12:00"), at("06-15T12:30")),
                        new Span(Resolution.MINUTE, at("06-15T12:30"), at("06-15T12:35"))),
                Span.covering(at("06-10T22:17"), NOW, NOW));
    }

    @Test
    void allTimeIsDays() {
        Instant end = Instant.parse("9999-12-31T23:59:59.999Z");
        assertEquals(
                List.of(
                        new Span(
                                Resolution.DAY,
                                Instant.EPOCH,
                                Instant.parse("+10000-01-01T00:00:00Z"))),
                Span.covering(Instant.EPOCH, end, NOW));
    }

    @Property
    void spansLieNextToOneAnotherOnWhatIsKnownAndRoundOutwardsByLessThanOne(
            @ForAll @LongRange(min = -YEAR_MILLIS, max = DAY_MILLIS) long offset,
            @ForAll @LongRange(min = 1, max = YEAR_MILLIS) long length) {
        Instant from = NOW.plusMillis(offset);
        Instant to = from.plusMillis(length);
        List<Span> spans = Span.covering(from, to, NOW);
        Instant end = spans.get(0).from();
        assertFalse(end.isAfter(from));
        assertTrue(Duration.between(end, from).compareTo(known(from)) < 0);
        for (Span span : spans) {
            assertEquals(end, span.from());
            assertTrue(span.from().isBefore(span.to()));
            assertEquals(span.from(), span.resolution().floor(span.from()));
            assertEquals(span.to(), span.resolution().floor(span.to()));
            assertTrue(span.resolution().keeps(span.from(), NOW));
            end = span.to();
        }
        assertFalse(end.isBefore(to));
        assertTrue(Duration.between(to, end).compareTo(known(to)) < 0);
    }

    private static Duration known(Instant time) {
        return Resolution.of(time, NOW).length();
    }

    private static Instant at(String minute) {
        return Instant.parse("2026-" + minute + ":00Z");
    }
}
