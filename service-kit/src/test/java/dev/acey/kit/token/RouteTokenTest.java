package dev.acey.kit.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTokenTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final KeyedHash HASH = new KeyedHash("s".repeat(32));
    private static final RouteToken TOKENS = new RouteToken(HASH, new ObjectMapper());
    private static final RouteToken.Claims CLAIMS =
            new RouteToken.Claims("game", "baseline", "m1", null, null, "ab", NOW.toEpochMilli());

    @Test
    void whatWasSignedIsBelieved() {
        assertEquals(Optional.of(CLAIMS), TOKENS.verify(TOKENS.sign(CLAIMS), NOW));
    }

    @Test
    void aTokenIsGoodForADay() {
        String token = TOKENS.sign(CLAIMS);
        assertTrue(TOKENS.verify(token, NOW.plus(RouteToken.VALID)).isPresent());
        assertTrue(TOKENS.verify(token, NOW.plus(RouteToken.VALID).plusMillis(1)).isEmpty());
    }

    @Test
    void whatSomebodyElseSignedIsNot() {
        KeyedHash other = new KeyedHash("t".repeat(32));
        String token = new RouteToken(other, new ObjectMapper()).sign(CLAIMS);
        assertTrue(TOKENS.verify(token, NOW).isEmpty());
    }

    @Test
    void noChangedLetterIsBelieved() {
        String token = TOKENS.sign(CLAIMS);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            Optional<RouteToken.Claims> seen = TOKENS.verify(changed, NOW);
            assertTrue(seen.isEmpty() || seen.get().equals(CLAIMS), "changed at " + i);
        }
    }

    @Test
    void aShortSecretIsRefusedByName() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new KeyedHash("short"));
        assertTrue(e.getMessage().contains("acey.secret"));
    }

    @Test
    void onePersonHasAnotherHashForAnotherPurpose() {
        assertEquals(HASH.of("a", "ann"), HASH.of("a", "ann"));
        assertNotEquals(HASH.of("a", "ann"), HASH.of("b", "ann"));
        assertEquals(32, HASH.of("a", "ann").length());
    }
}
