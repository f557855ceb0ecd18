package dev.acey.kit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

    @Test
    void theFirstIsNews() {
        assertTrue(at(1, 'a', 10).isNewsAfter(null));
    }

    @ParameterizedTest
    @CsvSource({
        "6, b, 11, true",
        "6, a, 11, true",
        "6, b, 10, true",
        "5, a, 10, false",
        "4, b, 9, false",
        "4, b, 10, false",
        "1, b, 12, true",
        "5, b, 12, true",
        "1, a, 12, false",
    })
    void anEarlierOneIsNoNewsUnlessTheCountBeganAnew(
            long version, char set, long second, boolean news) {
        assertEquals(news, at(version, set, second).isNewsAfter(at(5, 'a', 10)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "sha256:", "sha256:../../x", "SHA256:0"})
    void whatNamesNoSetIsNoActivation(String hash) {
        assertThrows(IllegalArgumentException.class, () -> new Activation(hash, Instant.EPOCH, 1));
    }

    private static Activation at(long version, char set, long second) {
        return new Activation(
                "sha256:" + String.valueOf(set).repeat(64), Instant.ofEpochSecond(second), version);
    }
}
