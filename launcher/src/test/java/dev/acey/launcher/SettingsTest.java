package dev.acey.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void anOffsetMovesEveryPort() {
        Settings moved = new Settings(Path.of("root"), Path.of("data"), 100);
        assertEquals(8180, moved.port(Service.GATEWAY));
        assertEquals(8181, moved.port(Service.LOG));
        assertEquals(3101, moved.managementPort());
        assertEquals(15532, moved.postgresPort());
        assertEquals(7, Ports.of(moved).size());
    }

    @Test
    void theHighestOffsetLeavesEveryPortInRange() {
        Settings highest = new Settings(Path.of(""), Path.of(""), Settings.MAX_PORT_OFFSET);
        assertTrue(Ports.of(highest).keySet().stream().allMatch(port -> port <= 65_535));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Settings.MAX_PORT_OFFSET + 1})
    void anOffsetOutOfBoundsIsRefusedByName(int offset) {
        LauncherException refused =
                assertThrows(
                        LauncherException.class,
                        () -> new Settings(Path.of(""), Path.of(""), offset));
        assertEquals(
                "--port-offset is " + offset + ", it must be from 0 to 50000",
                refused.getMessage());
    }
}
