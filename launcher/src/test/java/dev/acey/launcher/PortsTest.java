package dev.acey.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortsTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTakenPortIsNamedWithItsHolder() throws IOException {
        Settings settings = new Settings(Path.of(""), Path.of(""), FreePorts.offset());
        int port = settings.port(Service.LOG);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    "Port %d (log) is taken by %s (process %d); stop it, or move all ports with --port-offset N"
                            .formatted(
                                    taken.getLocalPort(),
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    ProcessHandle.current().pid()),
                    assertThrows(LauncherException.class, () -> Ports.requireFree(settings))
                            .getMessage());
        }
        Ports.requireFree(settings);
    }
}
