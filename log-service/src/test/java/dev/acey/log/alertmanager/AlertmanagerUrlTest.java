package dev.acey.log.alertmanager;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://alertmanager:9093",
                "alertmanager:9093",
                "/alerts",
                "http:///alerts",
                "http://user:secret@alertmanager",
                "http://alertmanager?x=1"
            })
    void aUrlThatNothingCanBeSentToIsRefusedAtStartWithoutShowingIt(String url) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> AlertmanagerSender.check(URI.create(url)))
                        .getMessage();
        assertTrue(message.startsWith("acey.alertmanager.url must"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void aUrlMayHaveAPath() {
        assertDoesNotThrow(
                () -> AlertmanagerSender.check(URI.create("https://alerts.corp.io/prefix")));
    }
}
