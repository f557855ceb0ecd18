package dev.acey.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "127.1",
                "2130706433",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:10.0.0.1]",
                "[::127.0.0.1]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[ff02::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[2001:db8::1]",
            })
    void whereOnlyTheGatewayCanReachNoWebhookLeads(String host) {
        Destinations destinations = new Destinations(TestSettings.allowing(null), "0.0.0.0");

        assertThrows(
                Destinations.NotPublicException.class,
                () -> destinations.of(host).await().atMost(SOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.1",
                "192.169.0.1",
                "100.63.255.255",
                "[2606:4700::1111]",
                "[2a00:1450::1]"
            })
    void publicAddressesAreReached(String host) throws Exception {
        Destinations destinations = new Destinations(TestSettings.allowing(false), "127.0.0.1");

        assertEquals(InetAddress.getByName(host), destinations.of(host).await().atMost(SOON));
    }

    @Test
    void onALaptopOrWhereItIsAllowedAReceiverMayBePrivate() {
        for (Destinations destinations :
                List.of(
                        new Destinations(TestSettings.allowing(null), "127.0.0.1"),
                        new Destinations(TestSettings.allowing(true), "0.0.0.0"))) {
            assertTrue(destinations.of("127.0.0.1").await().atMost(SOON).isLoopbackAddress());
        }
    }
}
