package dev.acey.log.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.entry.LogEntryReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EntryIdsTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");

    private final EntryIds ids = new EntryIds(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void idsOfOneMillisecondGrowAsTheyAreMade() {
        assertGrowing(ids::next);
        assertGrowing(() -> ids.at(NOW));
    }

    @Property
    void anIdIsOfTheInstantItWasMadeFor(@ForAll @LongRange(min = 0, max = 1L << 47) long millis) {
        UUID id = ids.at(Instant.ofEpochMilli(millis));
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(millis, LogEntryReader.timeOf(id).toEpochMilli());
    }

    /** As PostgreSQL compares them: byte by byte, which is how their text compares. */
    private static void assertGrowing(Supplier<UUID> source) {
        List<String> made = Stream.generate(source).limit(10_000).map(UUID::toString).toList();
        assertEquals(made.stream().sorted().distinct().toList(), made);
    }
}
