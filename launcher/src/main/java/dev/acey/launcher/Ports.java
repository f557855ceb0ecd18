package dev.acey.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The ports a system listens on, all on loopback. */
final class Ports {

    private Ports() {}

    /** Every port of these settings, with the name of what listens there. */
    static Map<Integer, String> of(Settings settings) {
        Map<Integer, String> ports = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            ports.put(settings.port(service), service.id());
        }
        ports.put(settings.managementPort(), "gateway's management");
        ports.put(settings.postgresPort(), "postgres");
        return ports;
    }

    /**
     * Makes sure that all are free.
     *
     * @throws LauncherException naming those that are taken, and by whom where that can be known
     */
    static void requireFree(Settings settings) {
        String taken =
                of(settings).entrySet().stream()
                        .filter(port -> !isFree(port.getKey()))
                        .map(
                                port ->
                                        "port %d (%s) is taken by %s"
                                                .formatted(
                                                        port.getKey(),
                                                        port.getValue(),
                                                        PortHolder.of(port.getKey())))
                        .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new LauncherException(
                    "%s; stop it, or move all ports with --port-offset N"
                            .formatted(capitalised(taken)));
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // closed connections that linger are no holders
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
