package dev.acey.kit.start;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeStartTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7", "example.org"})
    void listeningBeyondLoopbackStopsTheStartAndNamesBothProperties(String host) {
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> SafeStart.requireLoopback("quarkus.http.host", host, false));
        assertTrue(e.getMessage().contains("quarkus.http.host"));
        assertTrue(e.getMessage().contains("acey.insecure"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void loopbackIsFine(String host) {
        assertDoesNotThrow(() -> SafeStart.requireLoopback("quarkus.http.host", host, false));
    }

    @Test
    void somebodyMayDecideOtherwise() {
        assertDoesNotThrow(() -> SafeStart.requireLoopback("quarkus.http.host", "0.0.0.0", true));
    }
}
