package dev.acey.kit.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acey.kit.problem.ProblemException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "1.5", "ten", "NaN", "1e9"})
    void aLimitOutsideItsBoundsIsA400(String limit) {
        assertEquals(400, assertThrows(ProblemException.class, () -> Query.limit(limit)).status());
    }

    @Test
    void aMissingLimitIsTheDefault() {
        assertEquals(100, Query.limit(null));
        assertEquals(1_000, Query.limit("1000"));
    }

    @Test
    void aDateIsItsFirstInstant() {
        assertEquals(Instant.parse("2026-01-15T00:00:00Z"), Query.time("from", "2026-01-15"));
        assertNull(Query.time("from", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "workflow-1", "0192-1-1-1-1", ""})
    void aPathThatIsNoIdNamesNothing(String id) {
        assertEquals(
                404,
                assertThrows(ProblemException.class, () -> Query.idInPath(id, "log")).status());
    }

    @Test
    void aCursorGoesThereAndBack() {
        assertEquals("a|b", Cursor.decode(Cursor.encode("a|b")));
        assertNull(Cursor.decode(null));
        assertThrows(ProblemException.class, () -> Cursor.decode("%%%"));
    }

    @Test
    void aPositionGoesThereAndBackAndOneThatIsNotOursIsRefused() {
        Pattern keys = Pattern.compile("[a-z]+");
        Position position = new Position(Instant.parse("2026-01-15T04:05:06.123Z"), "game");
        assertEquals(position, Position.of(position.cursor(), keys));
        assertNull(Position.of("", keys));
        for (String text : new String[] {"game", "1 GAME", "-1 game", "x game", "1e3 game", " "}) {
            String cursor = Cursor.encode(text);
            assertThrows(ProblemException.class, () -> Position.of(cursor, keys), text);
        }
    }
}
