package dev.acey.dataset.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acey.kit.json.JsonConventions;
import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @Property
    void aTimeIsReadAsItWasWritten(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L)
                    long milliseconds) {
        Instant time = Instant.ofEpochMilli(milliseconds);

        assertEquals(time, Timestamp.parse(JsonConventions.format(time)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-15T04:05:06Z",
                "2026-01-15T04:05:06.123456789Z",
                "2026-01-15T24:00:00.000Z",
                "2026-06-30T23:59:60.000Z",
                "2024-02-29T23:59:59.999Z"
            })
    void otherFormsAreReadAsTheJdkReadsThem(String text) {
        assertEquals(Instant.parse(text), Timestamp.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-15",
                "2026-13-15T04:05:06.123Z",
                "2026-02-29T04:05:06.123Z",
                "2026-01-00T04:05:06.123Z",
                "2026-01-15T25:05:06.123Z",
                "2026-01-15T04:60:06.123Z",
                "2026-01-15 04:05:06.123Z",
                "2026-01-15T04:05:06.12aZ"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> Timestamp.parse(text));
    }
}
