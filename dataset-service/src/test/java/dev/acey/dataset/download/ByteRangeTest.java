package dev.acey.dataset.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1, bytes 0-0/100",
        "bytes=0-, 0, 100, bytes 0-99/100",
        "bytes=10-19, 10, 10, bytes 10-19/100",
        "bytes=90-1000, 90, 10, bytes 90-99/100",
        "bytes=-1, 99, 1, bytes 99-99/100",
        "bytes=-1000, 0, 100, bytes 0-99/100",
        "bytes=99-, 99, 1, bytes 99-99/100"
    })
    void aPartIsGiven(String header, long from, long length, String contentRange) {
        ByteRange range = ByteRange.of(header, 100).orElseThrow();

        assertEquals(new ByteRange(from, length), range);
        assertEquals(contentRange, range.contentRange(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aPartBeyondTheFileCannotBeGiven(String header) {
        ByteRange range = ByteRange.of(header, 100).orElseThrow();

        assertFalse(range.isSatisfiable());
        assertEquals("bytes */100", range.contentRange(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "lines=0-1",
                "bytes=99999999999999999999-",
                "bytes=-99999999999999999999"
            })
    void whatIsNotUnderstoodMeansTheWholeFile(String header) {
        assertEquals(Optional.empty(), ByteRange.of(header, 100));
    }

    @Property
    void aPartNeverLeavesTheFile(
            @ForAll @LongRange(min = 0) long from,
            @ForAll @LongRange(min = 0) long to,
            @ForAll @LongRange(min = 1) long size) {
        Optional<ByteRange> range = ByteRange.of("bytes=" + from + "-" + to, size);

        assertTrue(
                range.isEmpty()
                        || (range.get().from() >= 0
                                && range.get().length() >= 0
                                && range.get().from() + range.get().length() <= size));
    }
}
